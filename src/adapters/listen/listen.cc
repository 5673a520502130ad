#include "adapters/listen/listen.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <csignal>
#include <span>
#include <vector>

namespace bk::adapters {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Time = ports::ByteSession::Time;

constexpr std::size_t kReadBytes = 64 * 1024;
constexpr std::chrono::milliseconds kPause{100};  // of accepting, after it failed
constexpr Time kSoonest{1000};  // for a session that asks to be woken at once, again and again

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  using Now = std::function<Time()>;
  Connection(tcp::socket socket, std::unique_ptr<ports::ByteSession> session, Now now,
             std::function<void()> received)
      : socket_(std::move(socket)),
        timer_(socket_.get_executor()),
        session_(std::move(session)),
        now_(std::move(now)),
        received_(std::move(received)) {}

  // Sends what there is to send, else listens; closes when the session has ended.
  void Go() {
    if (closed_ || writing_) return;
    const Time now = now_();
    out_.clear();
    session_->Produce(now, out_);
    if (!out_.empty()) return Write();
    if (session_->ended()) return Close();
    Read();
    Sleep(now);
  }

  void Close() {
    if (closed_) return;
    closed_ = true;
    session_.reset();  // handlers that still wait keep the connection, not what it spoke for
    error_code ignored;
    timer_.cancel(ignored);
    socket_.shutdown(tcp::socket::shutdown_both, ignored);
    socket_.close(ignored);
  }
  [[nodiscard]] bool closed() const { return closed_; }

 private:
  void Write() {
    writing_ = true;
    asio::async_write(socket_, asio::buffer(out_),
                      [self = shared_from_this()](const error_code& error, std::size_t) {
                        self->writing_ = false;
                        error ? self->Close() : self->Go();
                      });
  }

  // Nothing is read while something waits to be sent: who does not listen is not listened to.
  void Read() {
    if (reading_) return;
    reading_ = true;
    socket_.async_read_some(
        asio::buffer(in_), [self = shared_from_this()](const error_code& error, std::size_t count) {
          self->reading_ = false;
          if (error) return self->Close();
          if (self->closed_) return;
          self->session_->Receive(std::as_bytes(std::span(self->in_).first(count)), self->now_());
          self->received_();
        });
  }

  void Sleep(Time now) {
    const auto wake = session_->Wake();
    if (!wake) return;
    timer_.expires_after(std::max(*wake - now, kSoonest));
    timer_.async_wait([self = shared_from_this()](const error_code& error) {
      if (!error) self->Go();
    });
  }

  tcp::socket socket_;
  asio::steady_timer timer_;
  std::unique_ptr<ports::ByteSession> session_;
  Now now_;
  std::function<void()> received_;
  std::array<char, kReadBytes> in_;
  std::vector<std::byte> out_;
  bool reading_ = false, writing_ = false, closed_ = false;
};

class TcpListener : public Listener {
 public:
  TcpListener() : acceptor_(loop_), pause_(loop_), signals_(loop_) {}

  Status Listen(std::uint16_t port) {
    error_code error;
    const tcp::endpoint place(asio::ip::address_v4::loopback(), port);
    acceptor_.open(place.protocol(), error);
    if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_.bind(place, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error)
      return Fail(ErrorCode::kRefused,
                  fmt::format("Port {} cannot be listened on: {}.", port, error.message()));
    port_ = acceptor_.local_endpoint(error).port();
    return {};
  }

  [[nodiscard]] std::uint16_t port() const override { return port_; }

  void StopAtInterrupts() {
    error_code ignored;
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) signals_.add(signal, ignored);
    signals_.async_wait([this](const error_code& error, int) {
      if (!error) loop_.stop();
    });
  }

  void Serve(const MakeSession& make) override {
    Accept(make);
    loop_.run();
    error_code ignored;
    signals_.clear(ignored);
    for (const auto& connection : connections_) connection->Close();
    connections_.clear();
  }

  void Stop() override { loop_.stop(); }

 private:
  void Accept(const MakeSession& make) {
    acceptor_.async_accept([this, &make](const error_code& error, tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      if (!error) {
        Begin(std::move(socket), make);
        return Accept(make);
      }
      pause_.expires_after(kPause);  // no descriptor to be had, most likely
      pause_.async_wait([this, &make](const error_code& stopped) {
        if (!stopped) Accept(make);
      });
    });
  }

  void Begin(tcp::socket socket, const MakeSession& make) {
    std::erase_if(connections_, [](const auto& connection) { return connection->closed(); });
    if (connections_.size() >= kConnectionsMax) return;
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    connections_.push_back(std::make_shared<Connection>(
        std::move(socket), make(), [this] { return Now(); }, [this] { GoAll(); }));
    connections_.back()->Go();
  }

  // What one of them heard may have changed what all say: a phone that restarts.
  void GoAll() {
    for (std::size_t i = 0; i < connections_.size(); ++i) connections_[i]->Go();
  }

  [[nodiscard]] Time Now() const {
    return std::chrono::duration_cast<Time>(std::chrono::steady_clock::now() - start_);
  }

  asio::io_context loop_;
  tcp::acceptor acceptor_;
  asio::steady_timer pause_;
  asio::signal_set signals_;
  std::uint16_t port_ = 0;
  std::vector<std::shared_ptr<Connection>> connections_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace

Result<std::unique_ptr<Listener>> Listener::Open(std::uint16_t port, bool until_interrupted) {
  auto listener = std::make_unique<TcpListener>();
  if (Status listens = listener->Listen(port); !listens)
    return std::unexpected(std::move(listens).error());
  if (until_interrupted) listener->StopAtInterrupts();
  return listener;
}

}  // namespace bk::adapters
