#include "app/band/band_alias.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

#include "app/band/keys.h"
#include "app/band/messages.h"
#include "app/band/words.h"
#include "base/bytes.h"

namespace bk::app {
namespace {

constexpr std::string_view kSecret = "alias-secret";
constexpr std::string_view kStart = "band-";
// Without vowels, so that no word comes out, and unlike an address's digits.
constexpr std::string_view kLetters = "bcdfghjklmnpqrstvwxz";
constexpr std::size_t kLettersOfOne = 5;

Result<std::string> Secret(const BandWorld& world) {
  BK_TRY(const auto kept, world.keys->Load(std::string(kSecret)));
  if (kept && !kept->text.empty()) return kept->text;
  const auto drawn = RandomBlock();
  if (!drawn) return Fail(ErrorCode::kNotSupported, "This computer gives no random numbers.");
  std::string text;
  for (const std::byte byte : *drawn)
    text += fmt::format("{:02x}", std::to_integer<unsigned>(byte));
  if (Status saved = world.keys->Save(std::string(kSecret), text); !saved)
    return std::unexpected(std::move(saved).error());
  return text;
}

std::string WithDetails(std::string name, const std::vector<std::string>& details) {
  if (details.empty()) return name;
  return fmt::format("{} ({})", name, fmt::join(details, ", "));
}

}  // namespace

Result<std::string> BandAlias(const BandWorld& world, Address band) {
  BK_TRY(const std::string secret, Secret(world));
  const auto digest = world.cipher->Sha256(AsBytes(secret + FormatAddress(band)));
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 7; ++i) number = number << 8 | std::to_integer<unsigned>(digest[i]);
  std::string alias(kStart);
  for (std::size_t i = 0; i < kLettersOfOne; ++i, number /= kLetters.size())
    alias += kLetters[number % kLetters.size()];
  return alias;
}

bool IsCalled(const BandWorld& world, Address band, std::string_view wanted) {
  // Most names have not its shape: no secret is drawn for them.
  return wanted.size() == kStart.size() + kLettersOfOne && wanted.starts_with(kStart) &&
         BandAlias(world, band).value_or("") == wanted;
}

std::string ToChoose(const ports::KeptBand& band, const language::Language& language) {
  std::vector<std::string> details;
  if (!band.firmware.empty())
    details.push_back(language.Say(kInfoSays.firmware) + " " + band.firmware);
  if (band.next_minute)
    details.push_back(
        language.Say(kWhichSays.synced_to, {{"time", MinuteInWords(language, *band.next_minute)}}));
  return WithDetails(FormatAddress(band.address), details);
}

std::string ToChoose(const companion::NearbyBand& band, const language::Language& language) {
  std::vector<std::string> details;
  if (band.rssi) details.push_back(fmt::format("{} dBm", *band.rssi));
  if (band.steps_today)
    details.push_back(language.Say(kWhichSays.steps, {{"count", *band.steps_today}}));
  if (band.connectable == false) details.push_back(language.Say(kWhichSays.held));
  return WithDetails(FormatAddress(band.address), details);
}

}  // namespace bk::app
