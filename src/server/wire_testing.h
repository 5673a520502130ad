// A client of the page's server that may say anything, over a real socket.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace bk::server::testing {

using std::chrono::milliseconds;

// One connection of a client that may say anything.
class Wire {
 public:
  explicit Wire(std::uint16_t port) : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in there{};
    there.sin_family = AF_INET;
    there.sin_port = htons(port);
    there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(socket_, reinterpret_cast<sockaddr*>(&there), sizeof there) != 0) Close();
  }
  ~Wire() { Close(); }
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;
  void Close() {
    if (socket_ >= 0) close(socket_);
    socket_ = -1;
  }
  // False: the other side has closed.
  bool Say(std::string_view text) {
    while (!text.empty()) {
      const ssize_t sent = send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  // Until `end` stands in it, the connection is over, or a long time has gone.
  std::string Hear(std::string_view end, milliseconds time = milliseconds(20'000)) {
    const auto until = std::chrono::steady_clock::now() + time;
    while (!heard_.contains(end) && More(until)) {
    }
    return heard_;
  }
  // One whole answer, taken off what was heard.
  std::string Answer() {
    const auto until = std::chrono::steady_clock::now() + milliseconds(20'000);
    while (true) {
      const std::size_t head = heard_.find("\r\n\r\n");
      if (head != std::string::npos) {
        const std::size_t at = heard_.find("Content-Length: ");
        const std::size_t length = at < head ? std::stoul(heard_.substr(at + 16)) : 0;
        if (heard_.size() >= head + 4 + length) {
          std::string answer = heard_.substr(0, head + 4 + length);
          heard_.erase(0, answer.size());
          return answer;
        }
      }
      if (!More(until)) return std::exchange(heard_, {});
    }
  }
  // Everything until the other side closes; nullopt-like "open": it did not in time.
  bool Closes(milliseconds time) {
    const auto until = std::chrono::steady_clock::now() + time;
    while (More(until)) {
    }
    return closed_;
  }

 private:
  bool More(std::chrono::steady_clock::time_point until) {
    const auto left =
        std::chrono::duration_cast<milliseconds>(until - std::chrono::steady_clock::now());
    if (closed_ || left.count() <= 0) return false;
    pollfd polled{.fd = socket_, .events = POLLIN, .revents = 0};
    if (poll(&polled, 1, static_cast<int>(left.count())) <= 0) return false;
    std::string piece(64 * 1024, '\0');
    const ssize_t got = recv(socket_, piece.data(), piece.size(), 0);
    if (got <= 0) {
      closed_ = true;
      return false;
    }
    heard_.append(piece, 0, static_cast<std::size_t>(got));
    return true;
  }
  int socket_;
  std::string heard_;
  bool closed_ = false;
};

}  // namespace bk::server::testing
