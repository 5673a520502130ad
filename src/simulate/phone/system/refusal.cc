#include "simulate/phone/system/refusal.h"

#include <fmt/format.h>

namespace bk::simulate {

Said Exception(const Call& call, std::string_view verb, std::string_view kind,
               std::string_view message) {
  const bool security = kind == "java.lang.SecurityException";
  const std::string trace = fmt::format(
      "{}: {}\n\tat android.os.Parcel.createExceptionOrNull(Parcel.java:2376)\n"
      "\tat android.os.ShellCommand.exec(ShellCommand.java:38)\n"
      "\tat android.os.Binder.shellCommand(Binder.java:975)\n",
      kind, message);
  if (call.sdk() >= kAndroid11)
    return Err(fmt::format("\nException occurred while executing '{}':\n{}", verb, trace));
  if (security) return Err(fmt::format("Security exception: {}\n\n{}", message, trace));
  return Err(fmt::format("\nException occurred while executing:\n{}", trace));
}

Said SecurityException(const Call& call, std::string_view verb, std::string_view message) {
  return Exception(call, verb, "java.lang.SecurityException", message);
}

bool SecuritySwitchOff(const Android& phone) {
  return phone.flavour.maker == Maker::kXiaomi &&
         phone.flavour.quirks.contains("miui_security_off");
}

}  // namespace bk::simulate
