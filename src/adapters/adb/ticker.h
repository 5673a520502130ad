// Something to be done now and then while a talk waits. Inside the room only.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>

#include "adapters/adb/talk.h"

namespace bk::adapters::adb {

// How often at least a watcher hears something (ports/phone.h).
inline constexpr std::chrono::milliseconds kTick{250};

class Ticker {
 public:
  Ticker(Talk& talk, std::function<void()> tick)
      : state_(std::make_shared<State>(talk.io(), std::move(tick))) {
    Arm(state_);
  }
  ~Ticker() {
    state_->tick = nullptr;
    state_->timer.cancel();
  }
  Ticker(const Ticker&) = delete;
  Ticker& operator=(const Ticker&) = delete;

 private:
  struct State {
    State(boost::asio::io_context& io, std::function<void()> tick_in)
        : timer(io), tick(std::move(tick_in)) {}
    boost::asio::steady_timer timer;
    std::function<void()> tick;
  };
  static void Arm(const std::shared_ptr<State>& state) {
    state->timer.expires_after(kTick);
    state->timer.async_wait([state](const boost::system::error_code& error) {
      if (error || !state->tick) return;
      state->tick();
      if (state->tick) Arm(state);
    });
  }
  std::shared_ptr<State> state_;
};

}  // namespace bk::adapters::adb
