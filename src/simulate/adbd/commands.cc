#include "simulate/adbd/commands.h"

#include <algorithm>
#include <utility>

namespace bk::simulate::adbd {
namespace {

class SaidCommand : public RunningCommand {
 public:
  SaidCommand(Answer answer, Time now) : answer_(std::move(answer)), ready_(now + answer_.delay) {}

  Piece Next(Time now, std::size_t bytes_max) override {
    Piece piece;
    if (now < ready_) {
      piece.wake = ready_;
      return piece;
    }
    piece.out = Take(answer_.out, out_at_, bytes_max);
    piece.err = Take(answer_.err, err_at_, bytes_max - piece.out.size());
    const bool all = out_at_ == answer_.out.size() && err_at_ == answer_.err.size();
    if (all && !answer_.endless) piece.exit = answer_.exit;
    return piece;
  }

 private:
  static std::string Take(const std::string& text, std::size_t& at, std::size_t bytes_max) {
    std::string taken = text.substr(at, bytes_max);
    at += taken.size();
    return taken;
  }

  Answer answer_;
  Time ready_;
  std::size_t out_at_ = 0, err_at_ = 0;
};

}  // namespace

std::unique_ptr<RunningCommand> Say(Answer answer, Time now) {
  return std::make_unique<SaidCommand>(std::move(answer), now);
}

}  // namespace bk::simulate::adbd
