#include "app/band/prove_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "app/band/messages.h"
#include "app/band/update_words.h"

namespace bk::app {
namespace {

using companion::UpdateFile;
using Whole = UpdateFile::Whole;

constexpr std::size_t kDigestDigits = 64;

std::string DigestOf(Bytes bytes, const ports::Cipher& cipher) {
  std::string hex;
  for (const std::byte byte : cipher.Sha256(bytes))
    hex += fmt::format("{:02x}", std::to_integer<unsigned>(byte));
  return hex;
}

std::string Lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

}  // namespace

Result<UpdateFile> ReadForBand(const FileForBand& file, const BandVisit& visit) {
  const Bytes bytes = AsBytes(file.bytes);
  auto read = companion::ReadUpdateFile({bytes.begin(), bytes.end()}, *visit.world->checksum);
  if (read) return read;
  const ErrorCode code = read.error().code;
  return Fail(code, visit.Say(code == ErrorCode::kTooLarge  ? kUpdateSays.too_large
                              : code == ErrorCode::kNotOurs ? kUpdateSays.not_ours
                                                            : kUpdateSays.empty,
                              {{"path", file.name}}));
}

Result<std::vector<UpdateFile>> ReadAllForBand(const BandVisit& visit,
                                               const std::vector<FileForBand>& files,
                                               const UpdateConsent& consent) {
  std::vector<UpdateFile> read;
  std::vector<std::string> digests;
  for (const FileForBand& one : files) {
    BK_TRY(UpdateFile file, ReadForBand(one, visit));
    digests.push_back(DigestOf(file.bytes, *visit.world->cipher));
    read.push_back(std::move(file));
  }
  for (const std::string& given : consent.sha256) {
    const std::string digest = Lower(given);
    if (digest.size() != kDigestDigits ||
        digest.find_first_not_of("0123456789abcdef") != std::string::npos)
      return Fail(ErrorCode::kInvalid, visit.Say(kUpdateSays.digest_shape));
    const auto at = std::ranges::find(digests, digest);
    if (at == digests.end()) {
      std::string list;
      for (std::size_t i = 0; i < files.size(); ++i)
        list += (i == 0 ? "" : "; ") + files[i].name + ": " + digests[i];
      return Fail(ErrorCode::kInvalid,
                  visit.Say(kUpdateSays.digest_differs, {{"digest", digest}, {"list", list}}));
    }
    read[static_cast<std::size_t>(at - digests.begin())].whole = Whole::kDigest;
  }
  for (std::size_t i = 0; i < files.size(); ++i)
    if (read[i].whole == Whole::kBroken)
      return Fail(ErrorCode::kInvalid, visit.Say(kUpdateSays.broken, {{"path", files[i].name}}));
  auto ordered = companion::InOrder(std::move(read));
  if (ordered) return *std::move(ordered);
  return Fail(ErrorCode::kInvalid, MisfitInWords(ordered.error(), visit.in()));
}

Status AgreeToUnproved(const BandVisit& visit, const std::vector<UpdateFile>& files,
                       const UpdateConsent& consent) {
  std::string list;
  for (const UpdateFile& file : files) {
    if (file.proved()) continue;
    list += visit.Say(kUpdateSays.unproved_file,
                      {{"file", FileInWords(file, visit.in())},
                       {"bytes", file.bytes.size()},
                       {"digest", DigestOf(file.bytes, *visit.world->cipher)}}) +
            " ";
  }
  if (list.empty()) return {};
  if (!consent.ask) return Fail(ErrorCode::kInvalid, list + visit.Say(kUpdateSays.unproved_nobody));
  BK_TRY(const bool agreed, consent.ask(list + visit.Say(kUpdateSays.unproved_price),
                                        visit.Say(kUpdateSays.unproved_word)));
  if (!agreed) return Fail(ErrorCode::kStopped, visit.Say(kWaySays.nothing_changed));
  return {};
}

bool IsUpdateWord(const BandVisit& visit, std::string_view word) {
  return word == kUpdateSays.unproved_word.english || word == visit.Say(kUpdateSays.unproved_word);
}

}  // namespace bk::app
