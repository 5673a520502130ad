#include "server/page_server.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <list>
#include <thread>

#include "server/connection.h"
#include "server/limits.h"

namespace bk::server {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

class PageServer::Inside : public std::enable_shared_from_this<PageServer::Inside> {
 public:
  Inside(ServerOptions options, app::Desk& desk)
      : shared_{.desk = desk,
                .token = std::move(options.token),
                .sign = std::move(options.sign),
                .assets = options.assets},
        acceptor_(io_),
        pause_(io_),
        signals_(io_) {}

  ~Inside() {
    shared_.desk.parts().OnChange(nullptr);
    if (closer_.joinable()) closer_.join();
  }

  Status Listen(std::uint16_t port) {
    error_code error;
    const tcp::endpoint here(asio::ip::address_v4::loopback(), port);
    acceptor_.open(here.protocol(), error);
    if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_.bind(here, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error)
      return Fail(ErrorCode::kRefused,
                  fmt::format("Port {} cannot be listened on: {}.", port, error.message()));
    shared_.port = acceptor_.local_endpoint().port();
    return {};
  }

  [[nodiscard]] std::uint16_t port() const { return shared_.port; }

  void Run(bool signals) {
    shared_.desk.parts().OnChange([weak = weak_from_this()] {
      const auto self = weak.lock();
      // One at a time on its way is enough: who wakes looks at everything.
      if (!self || self->waking_.exchange(true)) return;
      asio::post(self->io_, [self] {
        self->waking_ = false;
        self->WakeAll();
      });
    });
    if (signals) {
      for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
        error_code ignored;
        signals_.add(number, ignored);
      }
      AwaitSignal();
    }
    Accept();
    io_.run();
    io_.restart();
    // What was still on its way is dropped with its connections.
    connections_.clear();
  }

  // The desk first: what was changed for a moment is put back, which may take a while, in which
  // the page still shows how it stands.
  void End() {
    if (ending_) return;
    ending_ = true;
    // A second one finds nobody who hears it, and ends the program: then the guard puts back.
    error_code ignored;
    signals_.clear(ignored);
    closer_ = std::thread([self = shared_from_this()] {
      self->shared_.desk.Close();
      asio::post(self->io_, [self] { self->SayBye(); });
    });
  }

  void Stop() {
    asio::post(io_, [weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->End();
    });
  }

 private:
  void AwaitSignal() {
    signals_.async_wait([this](const error_code& error, int) {
      if (error) return;
      End();
    });
  }

  void SayBye() {
    constexpr std::chrono::milliseconds kByeTime{300};
    shared_.ending = true;
    error_code ignored;
    acceptor_.close(ignored);
    WakeAll();
    pause_.expires_after(kByeTime);
    pause_.async_wait([this](const error_code&) { io_.stop(); });
  }

  void WakeAll() {
    Forget();
    for (const auto& weak : connections_)
      if (const auto connection = weak.lock()) connection->Wake();
  }

  void Forget() {
    std::erase_if(connections_, [](const auto& weak) { return weak.expired(); });
  }

  // Room for one more: whoever was first among those that never showed the token has to go.
  bool MakeRoom() {
    Forget();
    if (connections_.size() < kConnectionsMax) return true;
    for (auto at = connections_.begin(); at != connections_.end(); ++at) {
      const auto connection = at->lock();
      if (!connection || connection->known()) continue;
      connection->Close();
      connections_.erase(at);
      return true;
    }
    return false;
  }

  void Accept() {
    acceptor_.async_accept([this](const error_code& error, tcp::socket socket) {
      if (error == asio::error::operation_aborted || !acceptor_.is_open()) return;
      if (error) {
        // No descriptors left, most likely: some become free.
        pause_.expires_after(std::chrono::milliseconds(100));
        pause_.async_wait([this](const error_code& ended) {
          if (!ended) Accept();
        });
        return;
      }
      if (MakeRoom()) {
        error_code ignored;
        socket.set_option(tcp::no_delay(true), ignored);
        const auto connection = std::make_shared<Connection>(std::move(socket), shared_);
        connections_.push_back(connection);
        asio::co_spawn(
            io_, [connection] { return connection->Run(); },
            [connection](const std::exception_ptr& thrown) {
              // Errors are values here; what is thrown all the same costs this connection.
              if (thrown) connection->Close();
            });
      }
      Accept();
    });
  }

  Shared shared_;  // outlives what is left in the loop
  asio::io_context io_{1};
  tcp::acceptor acceptor_;
  asio::steady_timer pause_;
  asio::signal_set signals_;
  std::list<std::weak_ptr<Connection>> connections_;
  std::thread closer_;
  std::atomic<bool> waking_ = false;
  bool ending_ = false;
};

Result<std::unique_ptr<PageServer>> PageServer::Open(ServerOptions options, app::Desk& desk) {
  BK_CHECK(!options.token.empty() && options.sign);
  const std::uint16_t port = options.port;
  auto inside = std::make_shared<Inside>(std::move(options), desk);
  if (Status listens = inside->Listen(port); !listens) return std::unexpected(listens.error());
  return std::unique_ptr<PageServer>(new PageServer(std::move(inside)));
}

PageServer::~PageServer() = default;
std::uint16_t PageServer::port() const { return inside_->port(); }
void PageServer::Run(bool signals) { inside_->Run(signals); }
void PageServer::Stop() { inside_->Stop(); }

}  // namespace bk::server
