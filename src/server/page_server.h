// The page's server on 127.0.0.1, in front of a desk. One thread: the one that calls Run.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "app/desk/desk.h"
#include "base/result.h"
#include "server/assets.h"

namespace bk::server {

struct ServerOptions {
  std::uint16_t port = 0;  // 0: a free one
  std::string token;       // what a page must show; never empty
  // HMAC-SHA-256 of it with the token, in hexadecimal digits; never empty.
  std::function<std::string(std::string_view text)> sign;
  std::span<const Asset> assets;
};

class PageServer {
 public:
  // Listens from now on, answers from Run on. kRefused: the port is taken. Keeps a reference to
  // the desk.
  static Result<std::unique_ptr<PageServer>> Open(ServerOptions options, app::Desk& desk);
  ~PageServer();
  PageServer(const PageServer&) = delete;
  PageServer& operator=(const PageServer&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  // Until SIGINT, SIGTERM or SIGHUP, where `signals` is set, or Stop. What runs at the desk is
  // stopped first, as Stop in the page does it, and its page still answers meanwhile; a second
  // signal is nobody's any more and ends the program.
  void Run(bool signals = true);
  void Stop();  // from any thread

 private:
  class Inside;
  explicit PageServer(std::shared_ptr<Inside> inside) : inside_(std::move(inside)) {}
  std::shared_ptr<Inside> inside_;
};

}  // namespace bk::server
