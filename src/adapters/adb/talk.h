// One call's loop: what it waits for at the same time, and Ctrl-C. Inside the room only.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <set>
#include <vector>

#include "adapters/adb/server_place.h"

namespace bk::adapters::adb {

class Link;

class Talk {
 public:
  using Task = boost::asio::awaitable<void>;

  explicit Talk(const ServerPlace& place) : place_(place) {}
  Talk(const Talk&) = delete;
  Talk& operator=(const Talk&) = delete;

  // Until all have ended. A signal of Interrupts ends all links as kStopped, those made later too,
  // so that the tasks come to their ends by themselves.
  void Run(std::vector<Task> tasks);
  void Run(Task task);

  // Some time, less when stopped.
  boost::asio::awaitable<void> Pause(std::chrono::milliseconds time);

  [[nodiscard]] bool stopped() const { return stopped_; }
  boost::asio::io_context& io() { return io_; }
  // Where the server may be; empty: its host's name is not known.
  const std::vector<boost::asio::generic::stream_protocol::endpoint>& Endpoints();

 private:
  friend class Link;
  void Stop();

  ServerPlace place_;
  boost::asio::io_context io_{1};
  std::vector<boost::asio::generic::stream_protocol::endpoint> endpoints_;
  std::set<Link*> links_;
  std::function<void()> end_pause_;
  bool stopped_ = false;
};

}  // namespace bk::adapters::adb
