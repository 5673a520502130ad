#include "android/text.h"

#include <algorithm>
#include <cstring>

namespace bk::android {
namespace {

constexpr std::size_t kSampleBytes = 8192;
// A few NULs are normal (binary prints in native dumps); this many are a broken copy.
constexpr std::uint64_t kNulsNormal = 4096;

Encoding GuessEncoding(std::string_view bytes) {
  const std::string_view sample = bytes.substr(0, kSampleBytes);
  std::size_t even = 0, odd = 0, pairs = sample.size() / 2;
  for (std::size_t i = 0; i + 1 < sample.size(); i += 2) {
    even += sample[i] == '\0';
    odd += sample[i + 1] == '\0';
  }
  if (pairs < 4) return Encoding::kUtf8;
  // Western text in UTF-16 has nearly every high byte zero; half is enough for mixed scripts.
  if (odd * 2 > pairs && even * 10 < pairs) return Encoding::kUtf16Le;
  if (even * 2 > pairs && odd * 10 < pairs) return Encoding::kUtf16Be;
  return Encoding::kUtf8;
}

void AppendUtf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xc0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xe0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (c & 0x3f));
  } else {
    out += static_cast<char>(0xf0 | c >> 18);
    out += static_cast<char>(0x80 | (c >> 12 & 0x3f));
    out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (c & 0x3f));
  }
}

std::string FromUtf16(std::string_view bytes, bool little, DecodedText& out) {
  const auto unit_at = [&](std::size_t i) {
    const auto low = static_cast<unsigned char>(bytes[i + (little ? 0 : 1)]);
    const auto high = static_cast<unsigned char>(bytes[i + (little ? 1 : 0)]);
    return static_cast<char32_t>(high << 8 | low);
  };
  std::string text;
  text.reserve(bytes.size() / 2 + bytes.size() / 16);
  const std::size_t end = bytes.size() & ~std::size_t{1};
  for (std::size_t i = 0; i < end; i += 2) {
    char32_t c = unit_at(i);
    if (c == 0) ++out.nuls;
    if (c == 0xfeff) continue;  // marks in the middle: files joined by Add-Content
    if (c >= 0xd800 && c < 0xe000) {
      const char32_t next = c < 0xdc00 && i + 2 < end ? unit_at(i + 2) : 0;
      if (next >= 0xdc00 && next < 0xe000) {
        c = 0x10000 + ((c - 0xd800) << 10) + (next - 0xdc00);
        i += 2;
      } else {
        c = 0xfffd;
        ++out.invalid;
      }
    }
    AppendUtf8(text, c);
  }
  if (end != bytes.size()) ++out.invalid;
  return text;
}

// Drops every CR that only CRs and an LF follow. True when there was one.
void DropCarriageReturns(std::string& text) {
  std::size_t to = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r') {
      std::size_t after = i + 1;
      while (after < text.size() && text[after] == '\r') ++after;
      if (after == text.size() || text[after] == '\n') {
        i = after - 1;
        continue;
      }
    }
    text[to++] = text[i];
  }
  text.resize(to);
}

// Whether this is a text with CRLF line ends; a few lines with CR in an LF text are content.
bool HasCrLf(std::string_view text) {
  std::string_view sample = text.substr(0, 16 * kSampleBytes);
  std::size_t lines = 0, with_cr = 0;
  while (lines < 400) {
    const std::size_t at = sample.find('\n');
    if (at == std::string_view::npos) break;
    ++lines;
    with_cr += at > 0 && sample[at - 1] == '\r';
    sample.remove_prefix(at + 1);
  }
  return with_cr * 4 > lines;
}

std::uint64_t CountNuls(std::string_view text) {
  // Most texts have none or few: memchr goes at the speed of memory, runs are walked.
  std::uint64_t count = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const void* found = std::memchr(text.data() + at, 0, text.size() - at);
    if (found == nullptr) break;
    at = static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
    for (; at < text.size() && text[at] == '\0'; ++at) ++count;
  }
  return count;
}

}  // namespace

DecodedText DecodeText(Bytes bytes) {
  DecodedText out;
  std::string_view raw = AsText(bytes);
  if (raw.starts_with("\xff\xfe")) {
    out.encoding = Encoding::kUtf16Le;
    raw.remove_prefix(2);
  } else if (raw.starts_with("\xfe\xff")) {
    out.encoding = Encoding::kUtf16Be;
    raw.remove_prefix(2);
  } else if (raw.starts_with("\xef\xbb\xbf")) {
    raw.remove_prefix(3);
  } else {
    out.encoding = GuessEncoding(raw);
  }
  if (out.encoding != Encoding::kUtf8) {
    auto text =
        std::make_shared<std::string>(FromUtf16(raw, out.encoding == Encoding::kUtf16Le, out));
    DropCarriageReturns(*text);
    out.text = *text;
    out.owned = std::move(text);
    if (out.invalid > 0) out.damage = "units of its UTF-16 that are no text";
  } else if (HasCrLf(raw)) {
    auto text = std::make_shared<std::string>(raw);
    DropCarriageReturns(*text);
    out.text = *text;
    out.owned = std::move(text);
    out.nuls = CountNuls(out.text);
  } else {
    out.text = raw;
    if (!raw.empty()) out.nuls = CountNuls(raw);
  }
  if (out.damage.empty() && out.nuls > kNulsNormal)
    out.damage = "bytes that are NUL: a page of the file was never written";
  return out;
}

double TextLikeness(std::string_view text) {
  const std::string_view sample = text.substr(0, kSampleBytes);
  if (sample.empty()) return 0;
  const auto good = std::ranges::count_if(sample, [](char c) {
    const auto u = static_cast<unsigned char>(c);
    return u >= 0x20 ? u != 0x7f : (c == '\n' || c == '\t' || c == '\r' || c == 0x1b);
  });
  return static_cast<double>(good) / static_cast<double>(sample.size());
}

}  // namespace bk::android
