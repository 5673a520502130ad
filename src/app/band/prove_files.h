// What proves that files for the band are whole, before one is sent: the lists that are known, the
// digest that a person brings, or the word of a person who was told that nothing does.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/band/band_visit.h"
#include "companion/update_file.h"

namespace bk::app {

struct FileForBand {
  std::string name;  // for people
  std::string bytes;
};

struct UpdateConsent {
  // SHA-256 that the files must have, 64 hex digits each: as the place they came from says.
  std::vector<std::string> sha256;
  // Tells the person the price and asks for the word; whether it was given. Empty: there is nobody
  // to ask.
  std::function<Result<bool>(const std::string& price, const std::string& word)> ask;
};

// kInvalid, kNotOurs or kTooLarge say of which file and why.
Result<companion::UpdateFile> ReadForBand(const FileForBand& file, const BandVisit& visit);
// All of them, in the order in which they are sent; digests that fit are noted in them. kInvalid: a
// digest has no file or no shape, a file is known to be cut, or they do not go together.
Result<std::vector<companion::UpdateFile>> ReadAllForBand(const BandVisit& visit,
                                                          const std::vector<FileForBand>& files,
                                                          const UpdateConsent& consent);
// For those that nothing proves. kInvalid: nobody to ask, with what to do instead; kStopped: the
// word was not given.
Status AgreeToUnproved(const BandVisit& visit, const std::vector<companion::UpdateFile>& files,
                       const UpdateConsent& consent);
// In the visit's language, or in English.
bool IsUpdateWord(const BandVisit& visit, std::string_view word);

}  // namespace bk::app
