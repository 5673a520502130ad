// The whole state of a simulated Android phone, as plain data: copy it to remember a moment,
// compare it to prove that an undo gave everything back. Nothing in here acts; see shell/ for what
// commands do, life/ for what time does.
#pragma once

#include "simulate/phone/bluetooth/bluetooth.h"
#include "simulate/phone/flavour.h"
#include "simulate/phone/life/life.h"
#include "simulate/phone/system/system.h"
#include "simulate/phone/system/traces.h"

namespace bk::simulate {

struct Android {
  Flavour flavour;
  Clock clock;
  System system;  // what is set: an undo must give back exactly this
  Traces traces;  // what has happened to apps: grows with everything that is done
  Bluetooth bluetooth;
  Life life;

  friend bool operator==(const Android&, const Android&) = default;
};

}  // namespace bk::simulate
