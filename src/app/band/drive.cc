#include "app/band/drive.h"

#include <algorithm>

namespace bk::app {
namespace {

void SendOrders(ports::BandRadio& radio, companion::BandSession& session) {
  for (const auto& order : session.TakeOrders()) radio.Do(order);
}

void Step(ports::BandRadio& radio, companion::BandSession& session, ports::RadioTime until) {
  if (const auto deadline = session.deadline()) until = std::min(until, *deadline);
  const auto event = radio.Next(until);
  if (event) session.On(*event, radio.Now());
  session.Tick(radio.Now());
  SendOrders(radio, session);
}

}  // namespace

void Drive(ports::BandRadio& radio, companion::BandSession& session,
           std::chrono::microseconds look_again, const BetweenEvents& between) {
  SendOrders(radio, session);
  while (!session.over()) {
    if (!between(radio.Now())) return;
    SendOrders(radio, session);
    Step(radio, session, radio.Now() + look_again);
  }
  between(radio.Now());
}

void CloseLink(ports::BandRadio& radio, companion::BandSession& session) {
  session.Close(radio.Now());
  SendOrders(radio, session);
  while (!session.over()) Step(radio, session, radio.Now() + std::chrono::seconds(1));
}

}  // namespace bk::app
