// A scripted adb server with one phone on it: for the tests of this room.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "adapters/adb/adb.h"
#include "adapters/adb/scripted_server_testing.h"

namespace bk::adapters::adb::testing {

inline constexpr std::string_view kShell = "shell,v2,raw:";

// A server with one phone whose shell runs `answer`.
struct Stage {
  explicit Stage(std::function<void(Conversation&, const std::string& line)> shell) {
    phone.service = [this, shell = std::move(shell)](Conversation& talk,
                                                     const std::string& service) {
      if (!service.starts_with(kShell)) return (void)talk.Fail("closed");
      shell(talk, service.substr(kShell.size()));
    };
  }
  std::unique_ptr<ports::Phone> Open(const std::string& serial = {}) {
    phones = MakePhones(server.options());
    auto opened = phones->Open(serial);
    EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
    return opened ? std::move(*opened) : nullptr;
  }
  OnePhone phone;
  ScriptedServer server{[this](Conversation& talk) { phone(talk); }};
  std::unique_ptr<ports::Phones> phones;
};

inline void Echo(Conversation& talk, const std::string& line) {
  talk.Okay();
  talk.Send(Framed(1, "out of " + line) + Framed(2, "err") + Exit(line == "false" ? 1 : 0));
  talk.Hold();
}

}  // namespace bk::adapters::adb::testing
