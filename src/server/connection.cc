#include "server/connection.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

#include "server/guard.h"
#include "server/limits.h"
#include "server/proof.h"

namespace bk::server {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

std::vector<std::string_view> All(const http::fields& fields, http::field name) {
  std::vector<std::string_view> values;
  const auto [first, last] = fields.equal_range(name);
  for (auto at = first; at != last; ++at) values.emplace_back(at->value());
  return values;
}
std::vector<std::string_view> All(const http::fields& fields, std::string_view name) {
  std::vector<std::string_view> values;
  const auto [first, last] = fields.equal_range({name.data(), name.size()});
  for (auto at = first; at != last; ++at) values.emplace_back(at->value());
  return values;
}

}  // namespace

Connection::Connection(asio::ip::tcp::socket socket, Shared& shared)
    : socket_(std::move(socket)),
      deadline_(socket_.get_executor()),
      wake_(socket_.get_executor()),
      buffer_(kHeadBytesMax * 4),
      shared_(shared) {}

void Connection::Wake() { wake_.cancel(); }

void Connection::Close() {
  error_code ignored;
  socket_.close(ignored);
  wake_.cancel();
}

void Connection::Within(seconds time) {
  const std::uint64_t number = ++deadline_number_;
  deadline_.expires_after(time);
  deadline_.async_wait([self = shared_from_this(), number](const error_code& error) {
    if (error || number != self->deadline_number_) return;
    self->timed_out_ = true;
    error_code ignored;
    self->socket_.cancel(ignored);
  });
}

void Connection::InTime() {
  ++deadline_number_;
  deadline_.cancel();
}

asio::awaitable<void> Connection::Run() {
  const auto self = shared_from_this();
  while (co_await Serve()) {
  }
  InTime();
  error_code ignored;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
  socket_.close(ignored);
}

Connection::Yes Connection::AwaitFirstByte() {
  if (buffer_.size() != 0) co_return true;
  Within(known_ ? kIdleTime : kStrangerTime);
  error_code error;
  const std::size_t got = co_await socket_.async_read_some(
      buffer_.prepare(4096), asio::redirect_error(asio::use_awaitable, error));
  buffer_.commit(got);
  co_return !error && got != 0;
}

Connection::Yes Connection::Serve() {
  if (!co_await AwaitFirstByte() || shared_.ending) co_return false;
  Parser parser;
  parser.header_limit(kHeadBytesMax);
  parser.body_limit(boost::none);  // each kind of request has its own
  timed_out_ = false;
  Within(kHeadTime);
  error_code error;
  co_await http::async_read_header(socket_, buffer_, parser,
                                   asio::redirect_error(asio::use_awaitable, error));
  body_left_ = true;
  if (timed_out_)
    co_return co_await Break(408, "too_slow", "The request did not come within ten seconds.");
  if (error == http::error::header_limit || error == http::error::buffer_overflow)
    co_return co_await Break(431, "too_large", "The head of the request is too large.");
  if (error == http::error::end_of_stream || error == http::error::partial_message ||
      (error && error.category() != http::make_error_code(http::error::bad_version).category()))
    co_return false;
  if (error) co_return co_await Break(400, "bad_request", "The request is damaged.");
  body_left_ = !parser.is_done();
  const auto& head = parser.get();
  keep_ = head.keep_alive();
  etag_asked_ = std::string(head[http::field::if_none_match]);
  const auto target = ParseTarget({head.target().data(), head.target().size()});
  if (!target || head.version() != 11)
    co_return co_await Break(400, "bad_request", "The request is damaged.");
  // Two lengths would be two requests to somebody; Beast refuses most, this is the rest.
  if (All(head, http::field::transfer_encoding).size() +
          All(head, http::field::content_length).size() >
      1)
    co_return co_await Break(400, "bad_request", "The request is damaged.");
  const bool api = target->path.starts_with("/api");
  const Head asked{.host = All(head, http::field::host),
                   .origin = All(head, http::field::origin),
                   .fetch_site = All(head, "Sec-Fetch-Site"),
                   .authorization = All(head, http::field::authorization)};
  // Before the page shows its token it asks who we are.
  const bool hello = target->path == "/api/1/hello";
  if (const auto refusal = Check(asked, shared_.port, shared_.token, !api || hello)) {
    switch (*refusal) {
      case Refusal::kDamaged:
        co_return co_await Break(400, "bad_request", "The request is damaged.");
      case Refusal::kForbidden:
        co_return co_await Break(403, "forbidden", "Only this computer's own page may ask here.");
      case Refusal::kNoToken:
        co_return co_await Break(401, "no_token",
                                 "Open the page with the address that `bandkeeper serve` prints.");
    }
  }
  known_ = known_ || (api && !hello);
  co_return co_await Answer(parser, *target);
}

Connection::Yes Connection::Answer(Parser& parser, const Target& target) {
  const auto& head = parser.get();
  const std::string method(head.method_string());
  if (!target.path.starts_with(kApi)) {
    const app::Desk::Look look = target.path == "/" ? shared_.desk.look() : app::Desk::Look{};
    const Asset* const asset = target.path == "/"
                                   ? FindFirst(shared_.assets, look.language, look.theme)
                                   : FindAsset(shared_.assets, target.path);
    if (asset == nullptr) co_return co_await Break(404, "not_found", "There is no such page.");
    if (method != "GET" && method != "HEAD")
      co_return co_await Break(405, "method", "That cannot be done with it.", "GET, HEAD");
    if (body_left_) co_return co_await Break(400, "bad_request", "The request is damaged.");
    co_return co_await SendAsset(*asset, parser);
  }
  const Matched matched = Match(method, target.path);
  if (matched.route == nullptr) {
    if (matched.allow.empty())
      co_return co_await Break(404, "not_found", "There is no such thing here.");
    co_return co_await Break(405, "method", "That cannot be done with it.", matched.allow);
  }
  const std::string_view what = matched.route->path;
  switch (matched.route->kind) {
    case RouteKind::kUpload:
      co_return co_await Upload(parser, target, what);
    case RouteKind::kPost: {
      bool open = true;
      const auto body = co_await ReadJson(parser, open);
      if (!body) co_return open;
      co_return co_await Send(shared_.desk.Post(what, *body));
    }
    case RouteKind::kHello:
    case RouteKind::kGet:
    case RouteKind::kEvents:
    case RouteKind::kDelete:
      if (body_left_) co_return co_await Break(400, "bad_request", "A body is not wanted here.");
      if (matched.route->kind == RouteKind::kHello) co_return co_await Hello(target);
      if (matched.route->kind == RouteKind::kEvents) co_return co_await Events(target);
      if (matched.route->kind == RouteKind::kGet)
        co_return co_await Send(shared_.desk.Get(what, target.query));
      co_return co_await Send(shared_.desk.Delete(what.substr(0, what.rfind('/')), matched.id));
  }
  co_return false;
}

Connection::Yes Connection::Hello(const Target& target) {
  const auto nonce = target.query.find("nonce");
  const auto text =
      nonce == target.query.end() ? std::nullopt : ProofText(shared_.port, nonce->second);
  if (!text)
    co_return co_await Break(400, "bad_request", "nonce: 32 hexadecimal digits of the page's own.");
  app::Answered answered;
  answered.body["proof"] = shared_.sign(*text);
  co_return co_await Send(std::move(answered));
}

// The other side may still be sending: a reset would take our answer from it.
asio::awaitable<void> Connection::Linger() {
  constexpr std::size_t kBytesMax = 1 << 20;
  error_code error;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, error);
  buffer_.clear();
  Within(kLingerTime);
  std::array<char, 16 * 1024> rest;
  for (std::size_t seen = 0; !error && seen < kBytesMax;)
    seen += co_await socket_.async_read_some(asio::buffer(rest),
                                             asio::redirect_error(asio::use_awaitable, error));
}

}  // namespace bk::server
