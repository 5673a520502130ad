#include "app/band_choice.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/messages.h"
#include "app/privacy.h"
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

using language::Language;

std::string Describe(const Candidate& candidate, const Language& language) {
  const std::string address = AddressText(candidate);
  if (candidate.name.empty()) return address.empty() ? language.Say(kBandSays.nameless) : address;
  return address.empty() ? fmt::format("\"{}\"", candidate.name)
                         : fmt::format("\"{}\" ({})", candidate.name, address);
}

std::string List(std::span<const Candidate> candidates, const Language& language) {
  std::string out;
  for (std::size_t i = 0; i < candidates.size() && i < kListedMax; ++i) {
    const std::string one = Describe(candidates[i], language);
    out = i == 0 ? one : language.Say(kBandSays.list, {{"first", out}, {"second", one}});
  }
  if (candidates.size() > kListedMax)
    out = language.Say(kBandSays.and_more,
                       {{"list", out}, {"count", candidates.size() - kListedMax}});
  return out;
}

// "device-2" and "<device-2>" alike.
bool IsCalled(const std::string& name, std::string_view wish) {
  return !name.empty() &&
         (wish == name || wish == std::string_view(name).substr(1, name.size() - 2));
}

// What a report without addresses calls each of them; empty: it has no address.
std::vector<std::string> Pseudonyms(const std::vector<Candidate>& candidates) {
  Privacy privacy(false);
  std::vector<std::string> names;
  names.reserve(candidates.size());
  for (const Candidate& one : candidates) {
    privacy.Number(AddressText(one));
    names.push_back(privacy.Scrub(AddressText(one)));
  }
  return names;
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

std::string WhyTaken(const Candidate& candidate, const Language& language) {
  const std::string why =
      language.Say(candidate.likeness >= kBandFour ? kBandSays.name_says_so : kBandSays.same_maker);
  return candidate.overheard ? language.Say(kBandSays.only_afar, {{"why", why}}) : why;
}

std::string NoneTaken(const std::vector<Candidate>& candidates, const Language& language) {
  const auto maker = std::ranges::count_if(
      candidates, [](const Candidate& one) { return one.likeness >= kOfTheMaker; });
  if (maker > 0)
    return language.Say(
        kBandSays.all_afar,
        {{"bands", List(std::span(candidates).first(static_cast<std::size_t>(maker)), language)}});
  const auto wearables =
      std::ranges::count_if(candidates, [](const Candidate& one) { return one.likeness > 0; });
  if (wearables > 0) return language.Say(kBandSays.other_makes, {{"count", wearables}});
  return language.Say(kBandSays.none);
}

BandChoice Choose(std::vector<Candidate> candidates, std::size_t index, std::string_view why,
                  const Language& language) {
  BandChoice choice;
  choice.chosen = std::move(candidates[index]);
  candidates.erase(candidates.begin() + static_cast<std::ptrdiff_t>(index));
  for (Candidate& other : candidates)
    if (other.likeness > 0) choice.others.push_back(std::move(other));
  choice.text =
      language.Say(kBandSays.taken, {{"band", Describe(*choice.chosen, language)}, {"why", why}});
  // Names of strangers' other things are nobody's business.
  const auto maker = std::ranges::count_if(
      choice.others, [](const Candidate& one) { return one.likeness >= kOfTheMaker; });
  if (maker > 0)
    choice.text = language.Say(
        kBandSays.also_seen,
        {{"taken", choice.text},
         {"others",
          List(std::span(choice.others).first(static_cast<std::size_t>(maker)), language)}});
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

std::vector<std::string> DevicesInOrder(std::span<const evidence::BandSeen> seen) {
  std::vector<std::string> devices;
  for (const Candidate& one : MergeSightings(seen)) devices.push_back(AddressText(one));
  return devices;
}

Result<BandChoice> ChooseBand(std::span<const evidence::BandSeen> seen, std::string_view wish,
                              const Language& language) {
  std::vector<Candidate> candidates = MergeSightings(seen);
  if (!wish.empty()) {
    const std::vector<std::string> names = Pseudonyms(candidates);
    std::vector<std::size_t> fitting;
    for (std::size_t i = 0; i < candidates.size(); ++i)
      if (IsCalled(names[i], wish) || Fits(candidates[i], wish)) fitting.push_back(i);
    if (fitting.empty())
      return Fail(ErrorCode::kNotFound,
                  candidates.empty()
                      ? language.Say(kBandSays.no_device, {{"wish", wish}})
                      : language.Say(kBandSays.no_such,
                                     {{"wish", wish}, {"seen", List(candidates, language)}}));
    if (fitting.size() > 1) {
      std::vector<Candidate> several;
      several.reserve(fitting.size());
      for (const std::size_t i : fitting) several.push_back(candidates[i]);
      return Fail(
          ErrorCode::kInvalid,
          language.Say(kBandSays.several, {{"wish", wish}, {"seen", List(several, language)}}));
    }
    return Choose(std::move(candidates), fitting.front(), language.Say(kBandSays.asked_for),
                  language);
  }
  if (candidates.empty() ||
      candidates.front().likeness < (candidates.front().overheard ? kBandFour : kOfTheMaker)) {
    BandChoice choice{.text = NoneTaken(candidates, language)};
    for (Candidate& other : candidates)
      if (other.likeness > 0) choice.others.push_back(std::move(other));
    return choice;
  }
  const std::string why = WhyTaken(candidates.front(), language);
  return Choose(std::move(candidates), 0, why, language);
}

}  // namespace bk::app
