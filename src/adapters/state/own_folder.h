// The folders of the person who runs the program, and what is opened there.
#pragma once

#include <unistd.h>

#include <string>
#include <string_view>

#include "base/result.h"

namespace bk::adapters {

// $VARIABLE, else $HOME/fallback; empty where neither is an absolute path.
std::string OwnFolder(const char* variable, std::string_view fallback);

// The folder and those above it, as far as they are missing, for nobody else (0700).
Status MakeFolders(const std::string& folder);

// What the latest system call says of `path`: "PATH: cannot be written: No space left on device."
std::unexpected<Error> FailedWith(const std::string& path, std::string_view what);

// All of it, in as many pieces as the system takes; false: it takes no more (errno says why).
bool WriteAll(int file, std::string_view text);

// A file descriptor, closed at the end; negative where opening failed.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

}  // namespace bk::adapters
