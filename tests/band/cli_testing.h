// What the tests of the band's verbs share: a band with a day behind it, and files for an update.
#pragma once

#include <string>
#include <vector>

#include "band/home_testing.h"
#include "simulate/band/image.h"

namespace bk::band_test {

inline WorldOptions ADay() {
  WorldOptions options;
  options.band.history = 24 * 60;
  return options;
}

inline std::string Image(codec::miband::UpdateType type, const std::string& version,
                         std::size_t bytes) {
  const auto image = simulate::band::MakeImage(type, version, bytes);
  return {reinterpret_cast<const char*>(image.data()), image.size()};
}

inline std::string Sha256(const std::string& file) {
  std::string hex;
  for (const std::byte byte : adapters::OpensslCipher().Sha256(AsBytes(file)))
    hex += fmt::format("{:02x}", std::to_integer<unsigned>(byte));
  return hex;
}
// `update` with these files, each with the digest that it has.
inline std::vector<std::string> UpdateWith(BandHome& home, const std::vector<std::string>& names) {
  std::vector<std::string> words = {"update"};
  for (const std::string& name : names) {
    words.push_back(name);
    words.insert(words.end(), {"--sha256", Sha256(home.files[name])});
  }
  return words;
}

inline const std::string kAddress = FormatAddress(WorldOptions{}.band.address);

}  // namespace bk::band_test
