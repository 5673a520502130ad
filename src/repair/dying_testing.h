// A program that dies, or a cable that breaks, at a chosen moment: before or after any command or
// record. After that nothing that is done reaches the phone or the journal, which is all that the
// world can see of a death.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "ports/phone.h"
#include "repair/fakes_testing.h"

namespace bk::repair {

struct Moment {
  int at = -1;         // the operation, counted from 0; -1: never
  bool after = false;  // it still has its effect, but nobody hears of it
  int count = 0;       // operations so far
  bool dead = false;

  enum class Now : std::uint8_t { kGoesOn, kBefore, kAfter };
  Now Next() {
    if (dead) return Now::kBefore;
    if (count++ != at) return Now::kGoesOn;
    dead = true;
    return after ? Now::kAfter : Now::kBefore;
  }
};

class DyingJournal : public ports::Journal {
 public:
  DyingJournal(FakeJournal& file, Moment& moment) : file_(file), moment_(moment) {}
  Result<std::string> Read() override { return file_.Read(); }
  Status Append(std::string_view bytes) override {
    const Moment::Now now = moment_.Next();
    if (now != Moment::Now::kBefore)
      if (Status added = file_.Append(bytes); !added) return added;
    if (now == Moment::Now::kGoesOn) return {};
    return Fail(ErrorCode::kNotReadable, "dead");
  }

 private:
  FakeJournal& file_;
  Moment& moment_;
};

class DyingPhone : public ports::Phone {
 public:
  DyingPhone(ports::Phone& phone, Moment& moment) : phone_(phone), moment_(moment) {}
  [[nodiscard]] const std::string& serial() const override { return phone_.serial(); }
  using ports::Phone::Run;
  std::vector<ports::PhoneAnswer> Run(std::span<const ports::PhoneCommand> commands) override {
    std::vector<ports::PhoneAnswer> answers;
    for (const ports::PhoneCommand& command : commands) {
      const Moment::Now now = moment_.Next();
      ports::PhoneAnswer answer;
      if (now != Moment::Now::kBefore) answer = phone_.Run(command);
      if (now != Moment::Now::kGoesOn)
        answer = {.end = ports::PhoneAnswer::End::kCut, .why = "The phone is not there any more."};
      answers.push_back(std::move(answer));
    }
    return answers;
  }
  ports::PhoneAnswer Follow(const ports::PhoneCommand& command,
                            const std::function<bool(std::string_view)>& more) override {
    return phone_.Follow(command, more);
  }
  Result<std::uint64_t> Pull(const std::string& path,
                             const std::function<bool(Bytes)>& take) override {
    return phone_.Pull(path, take);
  }
  Status Restart() override {
    const Moment::Now now = moment_.Next();
    if (now != Moment::Now::kBefore) (void)phone_.Restart();
    if (now == Moment::Now::kGoesOn) return {};
    return Fail(ErrorCode::kNotFound, "The phone is not there any more.");
  }
  Status WaitUntilReady(std::chrono::milliseconds time_out) override {
    if (moment_.dead) return Fail(ErrorCode::kTimedOut, "The phone did not come back.");
    return phone_.WaitUntilReady(time_out);
  }

 private:
  ports::Phone& phone_;
  Moment& moment_;
};

}  // namespace bk::repair
