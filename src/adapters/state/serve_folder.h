// The folder of the page's server: held by one process at a time, readable by its owner alone, with
// the address and the token that outlive a restart.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/state/own_folder.h"
#include "base/result.h"

namespace bk::adapters {

struct ServeAddress {
  std::uint16_t port = 0;
  std::string token;  // 64 hexadecimal digits
  friend bool operator==(const ServeAddress&, const ServeAddress&) = default;
};

// What was kept there; nullopt: nothing. kRefused: a link, somebody else's, or open to others; it
// is not used, and nobody writes over it.
Result<std::optional<ServeAddress>> KeptAddress(const std::string& folder);

class ServeFolder {
 public:
  // Made where it is missing. kRefused: another process holds it; kNotReadable: it is not ours
  // alone and cannot be made so.
  static Result<std::unique_ptr<ServeFolder>> Hold(const std::string& folder);

  // For its owner alone, whole or not at all.
  Status Keep(const ServeAddress& address) const;
  // A page that sends a browser to `address`: a program's words show to everybody who lists
  // processes, a file's do not. Gives its path.
  Result<std::string> KeepDoor(std::string_view address) const;

 private:
  ServeFolder(std::string folder, int lock) : folder_(std::move(folder)), lock_(lock) {}
  std::string folder_;
  Descriptor lock_;
};

// 256 bits of the system's chance.
Result<std::string> MakeToken();

// Names of what is in a folder, without what begins with a dot; at most 10,000.
std::vector<std::string> NamesIn(const std::string& folder);
Status RemoveFile(const std::string& path);

}  // namespace bk::adapters
