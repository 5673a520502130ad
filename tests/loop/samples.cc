#include "loop/samples.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "simulate/phone/faults/inject.h"
#include "simulate/phone/setup/catalogue.h"

namespace bk::loop {
namespace {

using simulate::Maker;

// By its name alone, so that another fault in the list moves none.
std::uint64_t NumberOf(std::string_view fault) {
  std::uint64_t number = 1469598103934665603ULL;
  for (const char c : fault) number = (number ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return number >> 20;
}

}  // namespace

std::vector<Patient> SamplesOf(std::string_view fault, SampleKind kind) {
  const std::uint64_t number = NumberOf(fault);
  std::vector<Patient> patients;
  for (std::uint64_t k = 0; k < 3; ++k) {
    if ((kind == kStockAdb) != (k == 2)) continue;
    Patient patient{.maker = static_cast<Maker>((number + k) % 3),
                    .faults = {std::string(fault)},
                    .seed = number % 89 + k};
    // The first version from there on that can have it.
    for (std::uint64_t step = 0; step < std::size(kSdks); ++step) {
      patient.sdk = kSdks[(number / 3 + k * 2 + step) % std::size(kSdks)];
      if (MakePatient(patient)) break;
    }
    patients.push_back(std::move(patient));
  }
  return patients;
}

std::vector<Patient> SampledPairs(std::size_t count, std::uint64_t seed) {
  const auto causes = simulate::InjectableCauses();
  std::set<std::pair<std::size_t, std::size_t>> drawn;
  std::vector<Patient> patients;
  std::uint64_t random = seed;
  while (patients.size() < count) {
    std::size_t a = simulate::RandomBelow(random, causes.size());
    std::size_t b = simulate::RandomBelow(random, causes.size());
    if (a > b) std::swap(a, b);
    if (a == b || !drawn.emplace(a, b).second) continue;
    Patient patient{.sdk = kSdks[patients.size() % std::size(kSdks)],
                    .maker = static_cast<Maker>(patients.size() % 3),
                    .faults = {std::string(causes[a]), std::string(causes[b])},
                    .seed = patients.size() + 1};
    // The first may have taken away what the second breaks.
    if (MakePatient(patient)) patients.push_back(std::move(patient));
  }
  return patients;
}

}  // namespace bk::loop
