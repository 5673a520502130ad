#include "adapters/adb/server.h"

#include <fmt/format.h>

#include <optional>

#include "adapters/adb/link.h"
#include "adapters/adb/phone_states.h"
#include "adapters/adb/start_server.h"

namespace bk::adapters::adb {
namespace {

struct Question {
  std::string request;
  std::chrono::milliseconds time_out;
  Link::Ended ended = Link::Ended::kNot;
  Link::Reply reply;
  std::optional<std::string> text;
};

boost::asio::awaitable<void> AskOnce(Talk& talk, Question& question) {
  Link link(talk, question.time_out);
  if (co_await link.Connect()) {
    question.reply = co_await link.Ask(question.request);
    if (question.reply.okay) question.text = co_await link.ReadText();
  }
  question.ended = link.ended();
}

}  // namespace

Result<std::string> Server::Ask(const std::string& request) const {
  for (bool again = false;; again = true) {
    Question question{.request = request, .time_out = options_.ask};
    Talk talk(place_);
    talk.Run(AskOnce(talk, question));
    if (question.text) return std::move(*question.text);
    if (question.reply.answered && !question.reply.okay)
      return Fail(ErrorCode::kRefused, question.reply.message);
    if (question.ended == Link::Ended::kStopped) return Fail(ErrorCode::kStopped, "Stopped.");
    if (question.ended == Link::Ended::kTimedOut)
      return Fail(
          ErrorCode::kTimedOut,
          fmt::format("What listens at {} does not answer as an adb server does.", place_.Text()));
    if (again)
      return Fail(ErrorCode::kNotReadable,
                  fmt::format("The adb server at {} closes the connection without an answer.",
                              place_.Text()));
    // A server that closes may be starting anew.
    const Status ready = question.ended == Link::Ended::kNoServer ? Start() : Pause(options_.retry);
    if (!ready) return std::unexpected(ready.error());
  }
}

Status Server::Start() const {
  if (!place_.here)
    return Fail(ErrorCode::kNotFound,
                fmt::format("No adb server answers at {}, which the environment names "
                            "(ADB_SERVER_SOCKET or ANDROID_ADB_SERVER_ADDRESS).",
                            place_.Text()));
  const std::string adb = FindAdb(options_.environment);
  if (adb.empty()) return Fail(ErrorCode::kNotFound, NoAdbSentence());
  return StartServer(adb, options_.server_start);
}

Status Server::Pause(std::chrono::milliseconds time) const {
  Talk talk(place_);
  talk.Run(talk.Pause(time));
  if (talk.stopped()) return Fail(ErrorCode::kStopped, "Stopped.");
  return {};
}

}  // namespace bk::adapters::adb
