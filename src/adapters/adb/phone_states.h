// What a line of the server's list means to the person, and what to do about it. Pure.
// Source of the states: AOSP packages/modules/adb, transport.cpp and OVERVIEW.TXT.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "codec/adb/smart_socket.h"
#include "ports/phone.h"

namespace bk::adapters::adb {

// The four hex digits of the maker of what hangs at "1-4.2" of the USB; nullopt: cannot be told.
using UsbVendor = std::function<std::optional<std::string>(std::string_view place)>;
// By /sys/bus/usb.
std::optional<std::string> UsbVendorOf(std::string_view place);

ports::PhoneSeen SeenAs(const codec::adb::DeviceLine& line, const UsbVendor& vendor);

// No adb, with how to get it.
std::string NoAdbSentence();
// Nothing on the cable.
std::string NoPhoneSentence();
// "several phones are connected: …; choose one with --serial or ANDROID_SERIAL."
std::string SeveralSentence(const std::vector<ports::PhoneSeen>& phones);

// Which of them is meant. `wanted` empty: the only one; what is offline or on its way does not
// count beside a phone that is ready.
Result<ports::PhoneSeen> Choose(const std::vector<ports::PhoneSeen>& phones,
                                const std::string& wanted);

// The text that answers host:connect: where it succeeded, nullopt; else the sentence.
std::optional<std::string> ConnectFailure(std::string_view answer, std::string_view address);

// The server's own words for a phone that it cannot reach: "device unauthorized.", "device
// offline", "device 'x' not found", "closed".
struct Unreachable {
  ports::PhoneAnswer::End end = ports::PhoneAnswer::End::kCut;
  std::string why;
};
Unreachable WhyUnreachable(std::string_view server_says);

}  // namespace bk::adapters::adb
