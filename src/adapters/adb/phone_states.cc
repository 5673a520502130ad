#include "adapters/adb/phone_states.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.h"

namespace bk::adapters::adb {
namespace {

using ports::PhoneSeen;
using ports::PhoneState;

constexpr std::string_view kAllow =
    "The phone has to allow this computer first: unlock it, tick \"Always allow from this "
    "computer\" in the question that it shows, and tap Allow. If it shows no question, unplug the "
    "cable, tap \"Revoke USB debugging authorizations\" in the phone's Developer options, and plug "
    "it in again.";
constexpr std::string_view kOffline =
    "The phone is plugged in but does not answer. Unplug the cable and plug it in again; if that "
    "does not help, turn USB debugging off and on in the phone's Developer options, or try "
    "another cable.";
constexpr std::string_view kStarting =
    "The phone is just being connected. Wait some seconds and try again.";

std::string NoPermissions(const codec::adb::DeviceLine& line, const UsbVendor& vendor) {
  const auto digits = line.usb.empty() || !vendor ? std::nullopt : vendor(line.usb);
  return fmt::format(
      "This computer does not let you open the phone over USB. Add this line to "
      "/etc/udev/rules.d/51-android.rules (as root):  SUBSYSTEM==\"usb\", "
      "ATTR{{idVendor}}==\"{}\", MODE=\"0660\", GROUP=\"plugdev\", TAG+=\"uaccess\"  {}then run "
      "`sudo udevadm control --reload && sudo udevadm trigger`, and plug the phone in again. For "
      "many makers Debian's package android-sdk-platform-tools-common brings the rule.",
      digits.value_or("XXXX"),
      digits ? ""
             : "where XXXX are the four characters before the colon in the phone's line of "
               "`lsusb`, ");
}

std::string NotAndroid(std::string_view state) {
  return fmt::format(
      "The phone is in {} mode, where Android does not run. Restart it: hold its power button for "
      "some ten seconds.",
      state == "host" ? "another" : state);
}

bool MayBePlace(std::string_view place) {
  constexpr std::size_t kPlaceBytesMax = 32;
  return !place.empty() && place.size() <= kPlaceBytesMax && std::ranges::all_of(place, [](char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '.';
  }) && !place.contains("..");
}

std::string NameOf(const PhoneSeen& phone) {
  return phone.model.empty() ? phone.serial : fmt::format("{} ({})", phone.serial, phone.model);
}

}  // namespace

std::optional<std::string> UsbVendorOf(std::string_view place) {
  if (!MayBePlace(place)) return std::nullopt;
  const std::string path = fmt::format("/sys/bus/usb/devices/{}/idVendor", place);
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return std::nullopt;
  std::array<char, 5> digits{};
  const ssize_t got = read(file, digits.data(), digits.size());
  close(file);
  if (got < 4) return std::nullopt;
  const std::string_view text(digits.data(), 4);
  if (!std::ranges::all_of(text, [](unsigned char c) { return std::isxdigit(c) != 0; }))
    return std::nullopt;
  return std::string(text);
}

PhoneSeen SeenAs(const codec::adb::DeviceLine& line, const UsbVendor& vendor) {
  PhoneSeen seen{.serial = line.serial, .model = line.model};
  const std::string_view state = line.state;
  if (state == "device") return seen;
  if (state == "unauthorized" || state == "authorizing") {
    seen.state = PhoneState::kUnauthorised;
    seen.sentence = kAllow;
  } else if (state.starts_with("no permissions")) {
    seen.state = PhoneState::kNoPermissions;
    seen.sentence = NoPermissions(line, vendor);
  } else if (state == "connecting") {
    seen.state = PhoneState::kConnecting;
    seen.sentence = kStarting;
  } else if (state == "recovery" || state == "sideload" || state == "rescue" ||
             state == "bootloader" || state == "host") {
    seen.state = PhoneState::kNotAndroid;
    seen.sentence = NotAndroid(state);
  } else {  // offline, detached, and what later servers may say
    seen.state = PhoneState::kOffline;
    seen.sentence = kOffline;
  }
  return seen;
}

std::string NoAdbSentence() {
  return "The program adb, which talks to phones over the cable, was not found. Install it: `sudo "
         "apt install adb` on Debian and Ubuntu, or Google's platform-tools with their folder in "
         "PATH or ANDROID_HOME.";
}

std::string NoPhoneSentence() {
  return "No phone is connected. Plug it in with a cable that carries data (not one that only "
         "charges) and turn on USB debugging: Settings, About phone, tap \"Build number\" (on "
         "Xiaomi \"MIUI version\" or \"OS version\") seven times; then Developer options, USB "
         "debugging. If it is still not seen, choose \"File transfer\" in the phone's USB "
         "notification.";
}

std::string SeveralSentence(const std::vector<PhoneSeen>& phones) {
  std::string names;
  for (const PhoneSeen& phone : phones) {
    names += names.empty() ? "" : ", ";
    names += NameOf(phone);
  }
  return fmt::format(
      "Several phones are connected: {}. Choose one with --serial or with ANDROID_SERIAL.", names);
}

Result<PhoneSeen> Choose(const std::vector<PhoneSeen>& phones, const std::string& wanted) {
  const auto usable = [](const PhoneSeen& phone) -> Result<PhoneSeen> {
    if (phone.state == PhoneState::kReady) return phone;
    return Fail(ErrorCode::kRefused, phone.sentence);
  };
  if (!wanted.empty()) {
    const auto it = std::ranges::find(phones, wanted, &PhoneSeen::serial);
    if (it != phones.end()) return usable(*it);
    if (phones.empty())
      return Fail(ErrorCode::kNotFound,
                  fmt::format("The phone {} is not connected. {}", wanted, NoPhoneSentence()));
    std::string names;
    for (const PhoneSeen& phone : phones) names += (names.empty() ? "" : ", ") + NameOf(phone);
    return Fail(ErrorCode::kNotFound,
                fmt::format("The phone {} is not connected; these are: {}.", wanted, names));
  }
  if (phones.empty()) return Fail(ErrorCode::kNotFound, NoPhoneSentence());
  if (phones.size() == 1) return usable(phones.front());
  std::vector<PhoneSeen> there;
  for (const PhoneSeen& phone : phones)
    if (phone.state != PhoneState::kOffline && phone.state != PhoneState::kConnecting)
      there.push_back(phone);
  if (there.size() == 1) return usable(there.front());
  return Fail(ErrorCode::kInvalid, SeveralSentence(phones));
}

std::optional<std::string> ConnectFailure(std::string_view answer, std::string_view address) {
  answer = Trim(answer);
  while (answer.ends_with('\n')) answer.remove_suffix(1);
  // "failed to authenticate to": the phone is listed and asks its owner.
  for (const std::string_view good :
       {"connected to ", "already connected to ", "failed to authenticate to "})
    if (answer.starts_with(good)) return std::nullopt;
  return fmt::format(
      "The phone at {} does not let itself be connected ({}). Turn on Wireless debugging in its "
      "Developer options and take the address and port that it shows there: the port changes. A "
      "computer that it does not know has to be paired first with `adb pair` (adb 30 or later).",
      address, answer.empty() ? "no answer" : answer);
}

Unreachable WhyUnreachable(std::string_view server_says) {
  using End = ports::PhoneAnswer::End;
  if (server_says.contains("unauthorized") || server_says.contains("authorizing"))
    return {End::kRefused, std::string(kAllow)};
  if (server_says.contains("offline")) return {End::kCut, std::string(kOffline)};
  if (server_says.contains("not found") || server_says.contains("no devices"))
    return {End::kCut, "The phone is no longer connected."};
  if (server_says.contains("connecting")) return {End::kCut, std::string(kStarting)};
  return {End::kRefused, fmt::format("The phone refused: {}",
                                     server_says.empty() ? "it gave no reason" : server_says)};
}

}  // namespace bk::adapters::adb
