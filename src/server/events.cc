// The stream of parts: always the latest of each, so that a slow reader costs no memory.
#include <fmt/format.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/chunk_encode.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/write.hpp>

#include "base/text.h"
#include "server/connection.h"
#include "server/fields.h"
#include "server/limits.h"

namespace bk::server {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

Connection::Yes Connection::Events(const Target& target) {
  if (shared_.streams >= kStreamsMax)
    co_return co_await Break(503, "too_many", "Sixteen pages are open already: close one.");
  std::int64_t after = 0;
  if (const auto given = target.query.find("after"); given != target.query.end()) {
    const auto number = ParseInt<std::int64_t>(given->second);
    if (!number || *number < 0) co_return co_await Break(400, "bad_request", "after: a revision.");
    after = *number;
  }
  struct Slot {
    std::size_t& taken;
    explicit Slot(std::size_t& count) : taken(count) { ++taken; }
    ~Slot() { --taken; }
  } const slot(shared_.streams);

  keep_ = false;
  http::response<http::empty_body> head(http::status::ok, 11);
  head.set(http::field::content_type, "text/event-stream; charset=utf-8");
  head.set(http::field::cache_control, "no-store");
  head.chunked(true);
  head.keep_alive(false);
  AddSafety(head);
  http::response_serializer<http::empty_body> serializer(head);
  Within(kWriteTime);
  error_code error;
  co_await http::async_write_header(socket_, serializer,
                                    asio::redirect_error(asio::use_awaitable, error));
  // Whoever listens says nothing more: a byte, or an end, ends the stream.
  auto gone = std::make_shared<bool>(false);
  socket_.async_wait(asio::ip::tcp::socket::wait_read,
                     [self = shared_from_this(), gone](const error_code&) {
                       *gone = true;
                       self->wake_.cancel();
                     });
  bool silent = false;
  while (!error && !*gone) {
    std::string text;
    wake_.expires_after(kCommentEvery);  // before the look: what changes after it wakes us
    for (const app::Parts::Part& part : shared_.desk.parts().Since(after)) {
      text += fmt::format(
          "event: part\nid: {0}\ndata: {{\"part\":\"{1}\",\"revision\":{0},\"simulated\":{2},"
          "\"value\":{3}}}\n\n",
          part.revision, part.name, part.simulated, *part.value);
      after = part.revision;
    }
    if (text.empty() && shared_.ending) text = "event: bye\ndata: {}\n\n";
    if (text.empty() && silent) text = ":\n\n";
    silent = false;
    if (text.empty()) {
      InTime();
      error_code waited;
      co_await wake_.async_wait(asio::redirect_error(asio::use_awaitable, waited));
      silent = !waited;
      continue;
    }
    Within(kWriteTime);
    co_await asio::async_write(socket_, http::make_chunk(asio::buffer(text)),
                               asio::redirect_error(asio::use_awaitable, error));
    if (shared_.ending && text.starts_with("event: bye")) {
      co_await asio::async_write(socket_, http::make_chunk_last(),
                                 asio::redirect_error(asio::use_awaitable, error));
      break;
    }
  }
  error_code ignored;
  socket_.cancel(ignored);  // the wait above
  co_return false;
}

}  // namespace bk::server
