#include "app/band_choice.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace bk::app {
namespace {

// The shortest address tail that --band takes: two octets, as Android's masked addresses show.
constexpr std::size_t kAddressTailMin = 5;
constexpr std::size_t kListedMax = 4;
constexpr int kOfTheMaker = 2, kBandFour = 3;

bool NamesAgree(const Candidate& candidate, const evidence::BandSeen& seen) {
  return candidate.name.empty() || seen.name.empty() || candidate.name == seen.name;
}

bool SameDevice(const Candidate& candidate, const evidence::BandSeen& seen) {
  if (candidate.address && seen.address) return *candidate.address == *seen.address;
  if (!seen.masked_address.empty() && candidate.address)
    return MatchesMasked(seen.masked_address, *candidate.address) && NamesAgree(candidate, seen);
  if (!candidate.masked_address.empty() && seen.address)
    return MatchesMasked(candidate.masked_address, *seen.address) && NamesAgree(candidate, seen);
  if (!seen.masked_address.empty() || !candidate.masked_address.empty())
    return seen.masked_address == candidate.masked_address && !seen.address && !candidate.address &&
           NamesAgree(candidate, seen);
  return !seen.name.empty() && seen.name == candidate.name && !seen.address && !candidate.address;
}

void Join(Candidate& candidate, const evidence::BandSeen& seen) {
  if (!candidate.address && seen.address) candidate.address = seen.address;
  if (candidate.masked_address.empty()) candidate.masked_address = seen.masked_address;
  if (candidate.name.empty() || (seen.likeness > candidate.likeness && !seen.name.empty()))
    candidate.name = seen.name;
  if (seen.likeness > candidate.likeness || candidate.seen.empty()) candidate.where = seen.where;
  candidate.overheard = candidate.overheard && seen.overheard;
  candidate.likeness = std::max(candidate.likeness, seen.likeness);
  if (!seen.how.empty() &&
      std::find(candidate.seen.begin(), candidate.seen.end(), seen.how) == candidate.seen.end())
    candidate.seen.push_back(seen.how);
}

std::string AddressText(const Candidate& candidate) {
  return candidate.address ? FormatAddress(*candidate.address) : candidate.masked_address;
}

std::string Describe(const Candidate& candidate) {
  const std::string address = AddressText(candidate);
  if (candidate.name.empty()) return address.empty() ? "a device without a name" : address;
  return address.empty() ? fmt::format("\"{}\"", candidate.name)
                         : fmt::format("\"{}\" ({})", candidate.name, address);
}

std::string List(std::span<const Candidate> candidates) {
  std::string out;
  for (std::size_t i = 0; i < candidates.size() && i < kListedMax; ++i)
    out += (i == 0 ? "" : ", ") + Describe(candidates[i]);
  if (candidates.size() > kListedMax)
    out += fmt::format(" and {} more", candidates.size() - kListedMax);
  return out;
}

bool Fits(const Candidate& candidate, std::string_view wish) {
  if (!candidate.name.empty() && ContainsNoCase(candidate.name, wish)) return true;
  const std::string address = AddressText(candidate);
  if (address.empty() || wish.size() < kAddressTailMin || wish.size() > address.size())
    return false;
  std::string tail(wish);
  std::replace(tail.begin(), tail.end(), '-', ':');
  if (tail.size() == address.size()) {
    const auto wanted = ParseAddress(tail);
    if (wanted && MatchesMasked(address, *wanted)) return true;
  }
  return StartsWithNoCase(std::string_view(address).substr(address.size() - tail.size()), tail);
}

std::string WhyTaken(const Candidate& candidate) {
  std::string why = candidate.likeness >= kBandFour ? "its name says that it is a Mi Smart Band 4"
                                                    : "it is a band of the same maker";
  if (candidate.overheard) why += ", though it was only heard from afar";
  return why;
}

std::string NoneTaken(const std::vector<Candidate>& candidates) {
  const auto maker = std::ranges::count_if(
      candidates, [](const Candidate& one) { return one.likeness >= kOfTheMaker; });
  if (maker > 0)
    return fmt::format(
        "Bands were heard from afar, and nothing shows that this phone ever dealt with one: {}. If "
        "one is yours, name it with --band.",
        List(std::span(candidates).first(static_cast<std::size_t>(maker))));
  const auto wearables =
      std::ranges::count_if(candidates, [](const Candidate& one) { return one.likeness > 0; });
  if (wearables > 0)
    return fmt::format(
        "The evidence shows no band of the maker, only {}. To have one looked at all the same, "
        "name it with --band.",
        wearables == 1 ? "a wearable of another make"
                       : fmt::format("{} wearables of other makes", wearables));
  return "The evidence shows no device that could be the band.";
}

BandChoice Choose(std::vector<Candidate> candidates, std::size_t index, std::string_view why) {
  BandChoice choice;
  choice.chosen = std::move(candidates[index]);
  candidates.erase(candidates.begin() + static_cast<std::ptrdiff_t>(index));
  for (Candidate& other : candidates)
    if (other.likeness > 0) choice.others.push_back(std::move(other));
  choice.text = fmt::format("Taken as the band: {}, because {}.", Describe(*choice.chosen), why);
  // Names of strangers' other things are nobody's business.
  const auto maker = std::ranges::count_if(
      choice.others, [](const Candidate& one) { return one.likeness >= kOfTheMaker; });
  if (maker > 0)
    choice.text +=
        fmt::format(" Also seen: {}. Choose another with --band.",
                    List(std::span(choice.others).first(static_cast<std::size_t>(maker))));
  return choice;
}

}  // namespace

std::vector<Candidate> MergeSightings(std::span<const evidence::BandSeen> seen) {
  std::vector<Candidate> candidates;
  // Full addresses first: a masked sighting can then see whether more than one device fits it.
  for (const bool full : {true, false}) {
    for (const evidence::BandSeen& one : seen) {
      if (one.address.has_value() != full) continue;
      Candidate* match = nullptr;
      int matches = 0;
      for (Candidate& candidate : candidates)
        if (SameDevice(candidate, one)) match = &candidate, ++matches;
      if (matches != 1) match = &candidates.emplace_back();
      Join(*match, one);
    }
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) {
                     const bool a_used = a.likeness >= kOfTheMaker && !a.overheard;
                     const bool b_used = b.likeness >= kOfTheMaker && !b.overheard;
                     if (a_used != b_used) return a_used;
                     if (a.likeness != b.likeness) return a.likeness > b.likeness;
                     return a.seen.size() > b.seen.size();
                   });
  return candidates;
}

Result<BandChoice> ChooseBand(std::span<const evidence::BandSeen> seen, std::string_view wish) {
  std::vector<Candidate> candidates = MergeSightings(seen);
  if (!wish.empty()) {
    std::vector<std::size_t> fitting;
    for (std::size_t i = 0; i < candidates.size(); ++i)
      if (Fits(candidates[i], wish)) fitting.push_back(i);
    if (fitting.empty())
      return Fail(ErrorCode::kNotFound,
                  candidates.empty()
                      ? fmt::format("--band {}: the evidence shows no device at all.", wish)
                      : fmt::format("--band {}: no such device in the evidence. Seen: {}.", wish,
                                    List(candidates)));
    if (fitting.size() > 1) {
      std::vector<Candidate> several;
      several.reserve(fitting.size());
      for (const std::size_t i : fitting) several.push_back(candidates[i]);
      return Fail(
          ErrorCode::kInvalid,
          fmt::format("--band {} fits several devices: {}. Give more of it.", wish, List(several)));
    }
    return Choose(std::move(candidates), fitting.front(), "you asked for it");
  }
  if (candidates.empty() ||
      candidates.front().likeness < (candidates.front().overheard ? kBandFour : kOfTheMaker)) {
    BandChoice choice{.text = NoneTaken(candidates)};
    for (Candidate& other : candidates)
      if (other.likeness > 0) choice.others.push_back(std::move(other));
    return choice;
  }
  const std::string why = WhyTaken(candidates.front());
  return Choose(std::move(candidates), 0, why);
}

}  // namespace bk::app
