#include "evidence/evidence.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"

namespace bk::evidence {
namespace {

template <class T>
void MoveAll(std::vector<T>& into, std::vector<T>&& from) {
  into.insert(into.end(), std::make_move_iterator(from.begin()),
              std::make_move_iterator(from.end()));
}

// Whether `start` begins a word of `name`.
bool HasWord(std::string_view name, std::string_view start) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  for (std::size_t at = 0; at + start.size() <= name.size(); ++at)
    if ((at == 0 || !is_letter(name[at - 1])) && StartsWithNoCase(name.substr(at), start))
      return true;
  return false;
}

}  // namespace

std::string_view SourceName(SourceKind kind) {
  switch (kind) {
    case SourceKind::kPhone:
      return "phone";
    case SourceKind::kBugReport:
      return "bugreport";
    case SourceKind::kCapture:
      return "capture";
    case SourceKind::kLog:
      return "log";
    case SourceKind::kBand:
      return "band";
    case SourceKind::kPerson:
      return "person";
  }
  return "log";
}

std::optional<SourceKind> SourceNamed(std::string_view name) {
  const auto found = std::ranges::find(kSourceKinds, name, SourceName);
  return found == kSourceKinds.end() ? std::nullopt : std::optional(*found);
}

std::string_view LossName(LossKind kind) {
  switch (kind) {
    case LossKind::kTruncated:
      return "truncated";
    case LossKind::kCorrupt:
      return "corrupt";
    case LossKind::kFiltered:
      return "filtered";
    case LossKind::kDropped:
      return "dropped";
    case LossKind::kOutOfOrder:
      return "out_of_order";
    case LossKind::kClockJump:
      return "clock_jump";
    case LossKind::kNotUnderstood:
      return "not_understood";
    case LossKind::kTooLarge:
      return "too_large";
    case LossKind::kUnsupported:
      return "unsupported";
    case LossKind::kRefused:
      return "refused";
    case LossKind::kDuplicate:
      return "duplicate";
  }
  return "not_understood";
}

void AddLoss(std::vector<Loss>& losses, Loss loss) {
  for (Loss& known : losses) {
    if (known.kind == loss.kind && known.text == loss.text && known.where.file == loss.where.file &&
        known.where.member == loss.where.member) {
      known.count += loss.count;
      return;
    }
  }
  losses.push_back(std::move(loss));
}

bool BandId::MayBe(std::string_view other_address) const {
  if (const auto other = ParseAddress(other_address)) {
    if (address) return *address == *other;
    return !masked_address.empty() && MatchesMasked(masked_address, *other);
  }
  if (address) return MatchesMasked(other_address, *address);
  // Two masked forms: what neither hides is compared, the last two octets at least.
  return !masked_address.empty() && other_address.size() >= 5 && masked_address.size() >= 5 &&
         StartsWithNoCase(other_address.substr(other_address.size() - 5),
                          std::string_view(masked_address).substr(masked_address.size() - 5));
}

int LikenessFromName(std::string_view name) {
  const auto has = [&](std::string_view part) { return HasWord(name, part); };
  if (has("scale") || ContainsNoCase(name, "mibfs") || ContainsNoCase(name, "mibcs")) return 0;
  if (has("xmsh07hm") || has("xmsh08hm")) return 3;
  if ((has("mi smart band 4") || has("mi band 4")) && !ContainsNoCase(name, "band 4c")) return 3;
  // Owners of a band 4 rarely rename it, and its siblings by the same maker speak the same
  // protocol.
  if (has("mi band") || has("mi smart band") || has("xiaomi smart band") || has("xiaomi band") ||
      has("amazfit") || StartsWithNoCase(name, "mi1s"))
    return 2;
  // By how a word begins: a neckband, a headband and an outfit are no wearables of this kind.
  for (const std::string_view wearable :
       {"band", "watch", "smartwatch", "smartband", "bip", "fit", "whoop", "garmin", "fenix",
        "forerunner", "polar", "pinetime", "infinitime", "bangle", "versa", "charge", "stratos"})
    if (has(wearable)) return 1;
  return 0;
}

void Append(Evidence& into, Evidence&& from) {
  MoveAll(into.findings, std::move(from.findings));
  MoveAll(into.events, std::move(from.events));
  MoveAll(into.bands, std::move(from.bands));
  for (Loss& loss : from.losses) AddLoss(into.losses, std::move(loss));
  if (from.phone && (!into.phone || into.phone->model.empty())) into.phone = std::move(from.phone);
}

}  // namespace bk::evidence
