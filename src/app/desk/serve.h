// What is wanted of `serve`, in words; main joins the desk, the server and the world for it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/phone/simulated_phone.h"

namespace bk::app {

struct ServeWishes {
  std::uint16_t port = 0;  // 0: the one of the last time, else a free one
  bool open = false;       // in a browser, where there is a desktop
  // Instead of the phone on the cable; `anew`: as wanted, else the one that is kept.
  std::optional<SimulatedPhone> simulated;
  bool anew = false;
};

struct ServedPage {
  std::string address;    // with the token: for its owner alone
  std::string simulated;  // what the simulated phone is; empty: a real one
  bool already = false;   // another process serves it
  bool opened = false;
};

}  // namespace bk::app
