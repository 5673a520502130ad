// The programs of a simulated phone by name: who answers "settings", "cmd bluetooth_manager",
// "dumpsys power". Each folder adds its own (AddSystemPrograms, AddBluetoothPrograms ...); the
// shell looks them up.
#pragma once

#include <chrono>
#include <functional>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "simulate/phone/android.h"

namespace bk::simulate {

// What a program said until it ended.
struct Said {
  std::string out, err;
  int exit = 0;
  std::chrono::milliseconds took{15};  // the phone's own time for it; the caller lets it pass
  // Set by a program that does not end by itself (logcat without -d): each call gives what came up
  // since the last one. `out` is what it said first.
  std::function<std::string(const Android&)> more;
};
Said Out(std::string text);                  // exit 0
Said Err(std::string text, int exit = 255);  // 255: what -1 looks like from outside

class Programs;

// One run of a program. `words` are its arguments: what follows the name that it was added under.
struct Call {
  Android& phone;
  std::span<const std::string> words;
  std::string_view in;  // what was piped into it
  const Programs& programs;

  [[nodiscard]] std::string_view word(std::size_t i) const {
    return i < words.size() ? std::string_view(words[i]) : std::string_view{};
  }
  [[nodiscard]] int sdk() const { return phone.flavour.sdk; }
};
using Program = std::function<Said(const Call&)>;

constexpr int kAnySdk = 0;
constexpr int kNoLimit = std::numeric_limits<int>::max();

class Programs {
 public:
  // `name` is one word ("settings") or two ("dumpsys power", "svc bluetooth"); the longer wins.
  // A program is there from Android `since` to `until`, both included: on others it is as if it had
  // not been added. The last one added under a name that fits the version wins.
  void Add(std::string name, Program program, int since = kAnySdk, int until = kNoLimit);

  // `program` is null where there is none, and holds until the next Add.
  struct Found {
    const Program* program = nullptr;
    std::size_t name_words = 0;
  };
  [[nodiscard]] Found Find(std::span<const std::string> words, const Flavour& flavour) const;

  // Second words of what is there under `first`: for "dumpsys", the services that can be dumped.
  [[nodiscard]] std::vector<std::string> Under(std::string_view first,
                                               const Flavour& flavour) const;

 private:
  struct Entry {
    int since, until;
    Program program;
  };
  [[nodiscard]] const Program* At(const std::string& name, const Flavour& flavour) const;
  std::map<std::string, std::vector<Entry>> entries_;
};

}  // namespace bk::simulate
