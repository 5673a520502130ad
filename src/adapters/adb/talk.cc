#include "adapters/adb/talk.h"

#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstdint>
#include <exception>

#include "adapters/adb/interrupts.h"
#include "adapters/adb/link.h"

namespace bk::adapters::adb {

namespace asio = boost::asio;

void Talk::Run(Task task) {
  std::vector<Task> tasks;
  tasks.push_back(std::move(task));
  Run(std::move(tasks));
}

void Talk::Run(std::vector<Task> tasks) {
  if (tasks.empty()) return;
  Interrupts interrupts;
  asio::posix::stream_descriptor signal(io_);
  const bool heard = interrupts.descriptor() >= 0;
  if (heard) {
    signal.assign(interrupts.descriptor());
    signal.async_wait(asio::posix::stream_descriptor::wait_read,
                      [this](const boost::system::error_code& error) {
                        if (!error) Stop();
                      });
  }
  asio::posix::stream_descriptor stop(io_);
  const bool stoppable = place_.stop_descriptor >= 0;
  if (stoppable) {
    // What was written before nobody waited for: it was for another call.
    std::uint64_t earlier = 0;
    (void)!read(place_.stop_descriptor, &earlier, sizeof earlier);
    stop.assign(place_.stop_descriptor);
    stop.async_wait(asio::posix::stream_descriptor::wait_read,
                    [this](const boost::system::error_code& error) {
                      if (!error) Stop();
                    });
  }
  std::size_t left = tasks.size();
  for (Task& task : tasks)
    // No task throws: errors are values of the links. (Out of memory ends the program.)
    asio::co_spawn(io_, std::move(task), [&](const std::exception_ptr& thrown) {
      if (thrown) std::terminate();
      if (--left != 0) return;
      if (heard) signal.cancel();
      if (stoppable) stop.cancel();
    });
  io_.restart();
  io_.run();
  // Their owners close them.
  if (heard) signal.release();
  if (stoppable) stop.release();
}

asio::awaitable<void> Talk::Pause(std::chrono::milliseconds time) {
  if (stopped_) co_return;
  asio::steady_timer timer(io_, time);
  end_pause_ = [&timer] { timer.cancel(); };
  boost::system::error_code error;
  co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, error));
  end_pause_ = nullptr;
}

void Talk::Stop() {
  stopped_ = true;
  for (Link* link : links_) link->Close(Link::Ended::kStopped);
  if (end_pause_) end_pause_();
}

const std::vector<asio::generic::stream_protocol::endpoint>& Talk::Endpoints() {
  if (!endpoints_.empty()) return endpoints_;
  using Local = asio::local::stream_protocol::endpoint;
  using Tcp = asio::ip::tcp;
  boost::system::error_code error;
  switch (place_.kind) {
    case ServerPlace::Kind::kFile:
      endpoints_.emplace_back(Local(place_.path));
      break;
    case ServerPlace::Kind::kAbstract:
      endpoints_.emplace_back(Local(std::string(1, '\0') + place_.path));
      break;
    case ServerPlace::Kind::kTcp:
      if (const auto address = asio::ip::make_address(place_.host, error); !error) {
        endpoints_.emplace_back(Tcp::endpoint(address, place_.port));
      } else {
        Tcp::resolver resolver(io_);
        for (const auto& found : resolver.resolve(place_.host, std::to_string(place_.port), error))
          endpoints_.emplace_back(found.endpoint());
      }
      break;
  }
  return endpoints_;
}

}  // namespace bk::adapters::adb
