#include "adapters/adb/link.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "codec/adb/smart_socket.h"

namespace bk::adapters::adb {

namespace asio = boost::asio;
using boost::system::error_code;

Link::Link(Talk& talk, std::chrono::milliseconds time_out)
    : talk_(talk), socket_(talk.io()), timer_(talk.io()) {
  talk_.links_.insert(this);
  if (talk_.stopped()) ended_ = Ended::kStopped;
  ArmTimer(time_out);
}

Link::~Link() {
  *alive_ = false;
  talk_.links_.erase(this);
}

void Link::Close(Ended ended) {
  if (ended_ != Ended::kNot) return;
  ended_ = ended;
  error_code ignored;
  socket_.close(ignored);
  timer_.cancel();
}

void Link::Restart(std::chrono::milliseconds time_out) { ArmTimer(time_out); }

void Link::ArmTimer(std::chrono::milliseconds time_out) {
  const std::uint64_t round = ++timer_round_;
  timer_.expires_after(time_out);
  timer_.async_wait([this, alive = alive_, round](const error_code& error) {
    if (!error && *alive && round == timer_round_) Close(Ended::kTimedOut);
  });
}

void Link::Note(const error_code& error) {
  if (error) Close(Ended::kClosed);
}

asio::awaitable<bool> Link::Connect() {
  for (const auto& endpoint : talk_.Endpoints()) {
    if (ended_ != Ended::kNot) co_return false;
    error_code error;
    co_await socket_.async_connect(endpoint, asio::redirect_error(asio::use_awaitable, error));
    if (!error && ended_ == Ended::kNot) co_return true;
    error_code ignored;
    socket_.close(ignored);
  }
  Close(Ended::kNoServer);
  co_return false;
}

asio::awaitable<bool> Link::Write(Bytes bytes) {
  if (ended_ != Ended::kNot) co_return false;
  error_code error;
  co_await asio::async_write(socket_, asio::buffer(bytes.data(), bytes.size()),
                             asio::redirect_error(asio::use_awaitable, error));
  Note(error);
  co_return ended_ == Ended::kNot;
}

asio::awaitable<Bytes> Link::Read() {
  if (ended_ != Ended::kNot) co_return Bytes{};
  error_code error;
  const std::size_t got = co_await socket_.async_read_some(
      asio::buffer(buffer_), asio::redirect_error(asio::use_awaitable, error));
  Note(error);
  co_return Bytes(buffer_).first(error ? 0 : got);
}

asio::awaitable<bool> Link::ReadAll(std::span<std::byte> into) {
  if (ended_ != Ended::kNot) co_return false;
  error_code error;
  co_await asio::async_read(socket_, asio::buffer(into.data(), into.size()),
                            asio::redirect_error(asio::use_awaitable, error));
  Note(error);
  co_return ended_ == Ended::kNot;
}

asio::awaitable<Link::Reply> Link::Ask(std::string_view request) {
  Reply reply;
  const std::string packet = codec::adb::EncodeRequest(request);
  if (!co_await Write(AsBytes(packet))) co_return reply;
  std::array<std::byte, 4> word{};
  if (!co_await ReadAll(word)) co_return reply;
  const std::string_view answer = AsText(word);
  if (answer == "OKAY") {
    reply.answered = reply.okay = true;
  } else if (answer == "FAIL") {
    reply.answered = true;
    // Why is worth a wait, and no more than that.
    std::optional<std::string> message = co_await ReadText();
    if (message) reply.message = std::move(*message);
  } else {
    Close(Ended::kClosed);  // whatever listens there is no adb server
  }
  co_return reply;
}

asio::awaitable<std::optional<std::string>> Link::ReadText() {
  std::array<std::byte, 4> digits{};
  if (!co_await ReadAll(digits)) co_return std::nullopt;
  const auto size = codec::adb::ParseHex4(AsText(digits));
  if (!size) co_return std::nullopt;
  std::string text(*size, '\0');
  if (!co_await ReadAll(std::as_writable_bytes(std::span(text)))) co_return std::nullopt;
  co_return text;
}

}  // namespace bk::adapters::adb
