// Phones on a cable that answer from a table, for tests.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "ports/phone.h"

namespace bk::app::testing {

class FakePhone : public ports::Phone {
 public:
  using End = ports::PhoneAnswer::End;
  std::map<std::string, ports::PhoneAnswer> answers;
  std::map<std::string, std::string> files;
  std::vector<std::string> followed;  // what an endless command prints, piece by piece
  ports::PhoneAnswer follow_end{.end = End::kExited, .exit = 0};
  End cut_after = End::kExited;  // how it ends once `left` commands were answered
  std::size_t left = static_cast<std::size_t>(-1);
  std::vector<std::vector<std::string>> rounds;  // what was asked, round trip by round trip

  void Say(const std::string& line, std::string out) {
    answers[line] = {.end = End::kExited, .exit = 0, .out = std::move(out)};
  }
  [[nodiscard]] const std::string& serial() const override { return serial_; }
  using ports::Phone::Run;
  std::vector<ports::PhoneAnswer> Run(std::span<const ports::PhoneCommand> commands) override {
    std::vector<ports::PhoneAnswer> out;
    rounds.emplace_back();
    for (const ports::PhoneCommand& command : commands) {
      rounds.back().push_back(command.line);
      if (left == 0) {
        out.push_back({.end = cut_after, .why = "The connection to the phone was lost."});
        continue;
      }
      --left;
      const auto it = answers.find(command.line);
      if (it != answers.end()) {
        out.push_back(it->second);
        if (out.back().out.size() > command.bytes_max) {
          out.back().out.resize(command.bytes_max);
          out.back().end = End::kTooLong;
        }
      } else if (command.line.starts_with("dumpsys ")) {
        out.push_back({.exit = 0,
                       .err = "Can't find service: " +
                              command.line.substr(8, command.line.find(' ', 8) - 8) + "\n"});
      } else {
        out.push_back({.exit = 127,
                       .err = "/system/bin/sh: " + command.line.substr(0, command.line.find(' ')) +
                              ": inaccessible or not found\n"});
      }
    }
    return out;
  }
  ports::PhoneAnswer Follow(const ports::PhoneCommand& command,
                            const std::function<bool(std::string_view)>& more) override {
    rounds.push_back({command.line});
    for (const std::string& piece : followed)
      if (!more(piece)) return {.end = End::kExited};
    return follow_end;
  }
  Result<std::uint64_t> Pull(const std::string& path,
                             const std::function<bool(Bytes)>& take) override {
    const auto it = files.find(path);
    if (it == files.end()) return Fail(ErrorCode::kNotFound, path + ": no such file.");
    for (std::size_t at = 0; at < it->second.size(); at += 1000)
      if (!take(AsBytes(std::string_view(it->second).substr(at, 1000))))
        return Fail(ErrorCode::kStopped, "Stopped.");
    return it->second.size();
  }
  Status Restart() override { return {}; }
  Status WaitUntilReady(std::chrono::milliseconds) override { return {}; }

  [[nodiscard]] bool WasAsked(std::string_view line) const {
    return std::ranges::any_of(
        rounds, [&](const auto& round) { return std::ranges::find(round, line) != round.end(); });
  }

 private:
  std::string serial_ = "R58INVENTED7Z";
};

// Hands out `phone`, which stays the test's, as long as `list` says that it is ready.
class FakePhones : public ports::Phones {
 public:
  explicit FakePhones(ports::Phone& phone) : phone_(phone) {}
  std::vector<ports::PhoneSeen> list = {{.serial = "R58INVENTED7Z", .model = "Invented"}};
  // What Track tells after another, the last one again and again; then `list` is that.
  std::vector<std::vector<ports::PhoneSeen>> changes;
  int opened = 0;

  Result<std::vector<ports::PhoneSeen>> List() override { return list; }
  Status Track(const std::function<bool(std::span<const ports::PhoneSeen>)>& more) override {
    constexpr std::size_t kTicksMax = 100'000;
    for (std::size_t i = 0; i < kTicksMax; ++i) {
      if (i < changes.size()) list = changes[i];
      if (!more(list)) return {};
    }
    return Fail(ErrorCode::kTimedOut, "tracked for ever");
  }
  Result<std::unique_ptr<ports::Phone>> Open(const std::string& serial) override {
    ++opened;
    if (list.empty()) return Fail(ErrorCode::kNotFound, "No phone is connected.");
    for (const ports::PhoneSeen& seen : list) {
      if (!serial.empty() && seen.serial != serial) continue;
      if (seen.state != ports::PhoneState::kReady)
        return Fail(ErrorCode::kRefused, "The phone has to allow this computer first.");
      return std::make_unique<Lent>(phone_);
    }
    return Fail(ErrorCode::kNotFound, "The phone " + serial + " is not connected.");
  }

 private:
  class Lent : public ports::Phone {
   public:
    explicit Lent(ports::Phone& phone) : phone_(phone) {}
    [[nodiscard]] const std::string& serial() const override { return phone_.serial(); }
    std::vector<ports::PhoneAnswer> Run(std::span<const ports::PhoneCommand> commands) override {
      return phone_.Run(commands);
    }
    ports::PhoneAnswer Follow(const ports::PhoneCommand& command,
                              const std::function<bool(std::string_view)>& more) override {
      return phone_.Follow(command, more);
    }
    Result<std::uint64_t> Pull(const std::string& path,
                               const std::function<bool(Bytes)>& take) override {
      return phone_.Pull(path, take);
    }
    Status Restart() override { return phone_.Restart(); }
    Status WaitUntilReady(std::chrono::milliseconds time_out) override {
      return phone_.WaitUntilReady(time_out);
    }

   private:
    ports::Phone& phone_;
  };
  ports::Phone& phone_;
};

}  // namespace bk::app::testing
