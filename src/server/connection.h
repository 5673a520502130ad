// One connection: requests one after the other, each with its limits. Inside the room only.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/desk/desk.h"
#include "server/assets.h"
#include "server/routes.h"
#include "server/target.h"

namespace bk::server {

// What all connections of a server share.
struct Shared {
  app::Desk& desk;
  std::string token;
  std::function<std::string(std::string_view text)> sign;
  std::uint16_t port = 0;
  std::span<const Asset> assets;
  std::size_t streams = 0, uploads = 0;
  bool ending = false;
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(boost::asio::ip::tcp::socket socket, Shared& shared);

  boost::asio::awaitable<void> Run();
  // Something changed that a stream of events may want to tell.
  void Wake();
  void Close();
  // Whether the token was shown here: who did is not put out for others.
  [[nodiscard]] bool known() const { return known_; }

 private:
  using Parser = boost::beast::http::request_parser<boost::beast::http::buffer_body>;
  using Response = boost::beast::http::response<boost::beast::http::string_body>;
  using Yes = boost::asio::awaitable<bool>;  // false: the connection is over

  // ---- connection.cc
  Yes Serve();
  Yes AwaitFirstByte();
  Yes Answer(Parser& parser, const Target& target);
  Yes Hello(const Target& target);
  boost::asio::awaitable<void> Linger();
  void Within(std::chrono::seconds time);  // cuts the socket off after it
  void InTime();

  // ---- body.cc
  // The body of a JSON order; nullopt: `wrong` was sent.
  boost::asio::awaitable<std::optional<app::Desk::Json>> ReadJson(Parser& parser, bool& open);
  Yes Upload(Parser& parser, const Target& target, std::string_view what);

  // ---- events.cc
  Yes Events(const Target& target);

  // ---- reply.cc
  Yes Send(app::Answered answered, std::string_view allow = {});
  Yes SendAsset(const Asset& asset, Parser& parser);
  Yes Write(Response& response, std::string_view policy = {});
  // An error after which the rest of the request is not read.
  Yes Break(int status, std::string_view code, std::string_view text, std::string_view allow = {});

  boost::asio::ip::tcp::socket socket_;
  boost::asio::steady_timer deadline_, wake_;
  boost::beast::flat_buffer buffer_;
  Shared& shared_;
  std::uint64_t deadline_number_ = 0;
  bool timed_out_ = false, known_ = false, keep_ = true;
  bool body_left_ = false;  // of the present request, unread
  std::string etag_asked_;
};

}  // namespace bk::server
