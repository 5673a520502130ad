#include "simulate/phone/log/log.h"

#include <algorithm>

namespace bk::simulate {
namespace {

constexpr int kSystemServerPid = 1'432;
constexpr int kBluetoothUid = 1'002;

}  // namespace

std::string_view BluetoothPackage(const Android& phone) {
  for (const std::string_view name : {"com.google.android.bluetooth", "com.android.bluetooth"})
    if (phone.system.packages.contains(std::string(name))) return name;
  return "com.android.bluetooth";
}

void Say(Android& phone, std::string_view who, char priority, std::string_view tag,
         std::string text, std::string_view buffer) {
  LogLine line{.at = phone.clock.wall,
               .priority = priority,
               .buffer = std::string(buffer),
               .tag = std::string(tag)};
  if (who == "bluetooth") who = BluetoothPackage(phone);
  const std::string name(who);
  if (who == "system") {
    line.pid = kSystemServerPid;
    line.tid = kSystemServerPid + 21;
    line.uid = 1000;
  } else if (who == "kernel" || who == "lmkd") {
    line.pid = line.tid = who == "lmkd" ? 611 : 0;
    line.uid = who == "lmkd" ? 1069 : 0;
  } else {
    if (const auto process = phone.life.processes.find(name); process != phone.life.processes.end())
      line.pid = process->second.pid;
    line.tid = line.pid;
    line.uid = who == BluetoothPackage(phone) ? kBluetoothUid : 10'000;
    if (const auto package = phone.system.packages.find(name);
        package != phone.system.packages.end() && line.uid != kBluetoothUid)
      line.uid = package->second.uid;
  }
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    line.text = text.substr(at, end - at);
    phone.life.log.push_back(line);
    at = end + 1;
  }
  while (phone.life.log.size() > kLogLinesMax) {
    phone.life.log.pop_front();
    ++phone.life.log_first;
  }
}

}  // namespace bk::simulate
