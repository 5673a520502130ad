#include "app/band/keys.h"

#include <exception>
#include <random>
#include <string>

#include "app/band/messages.h"

namespace bk::app {
namespace {

std::string NameOf(Address band) {
  std::string name = "key-";
  for (const char c : FormatAddress(band))
    if (c != ':') name += c;
  return name;
}

int Digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

Result<ports::Block16> ParseBandKey(std::string_view text, const language::Language& language) {
  ports::Block16 key{};
  std::size_t digits = 0;
  bool wrong = false;
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  if (start != std::string_view::npos) text.remove_prefix(start);
  if (text.starts_with("0x") || text.starts_with("0X")) text.remove_prefix(2);
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ':' || c == '-') continue;
    const int digit = Digit(c);
    wrong = wrong || digit < 0 || digits >= 2 * key.size();
    if (wrong) break;
    std::byte& byte = key[digits / 2];
    byte = byte << 4 | static_cast<std::byte>(digit);
    ++digits;
  }
  if (wrong || digits != 2 * key.size())
    return Fail(ErrorCode::kInvalid, language.Say(kWaySays.key_shape));
  return key;
}

Result<std::optional<ports::Block16>> LoadBandKey(ports::Store& store, Address band,
                                                  const language::Language& language) {
  BK_TRY(const auto kept, store.Load(NameOf(band)));
  if (!kept) return std::nullopt;
  const auto key = ParseBandKey(kept->text);
  if (!key) return Fail(ErrorCode::kNotReadable, language.Say(kWaySays.key_damaged));
  return *key;
}

Status SaveBandKey(ports::Store& store, Address band, const ports::Block16& key) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::byte byte : key) {
    text += kDigits[std::to_integer<std::size_t>(byte >> 4)];
    text += kDigits[std::to_integer<std::size_t>(byte & std::byte{0xf})];
  }
  return store.Save(NameOf(band), text);
}

Status ForgetBandKey(ports::Store& store, Address band) { return store.Remove(NameOf(band)); }

std::optional<ports::Block16> RandomBlock() {
  try {
    std::random_device random;
    ports::Block16 block{};
    for (std::byte& byte : block) byte = static_cast<std::byte>(random() & 0xffU);
    return block;
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

}  // namespace bk::app
