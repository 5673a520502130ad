// A hostile phone's answers to everything that is read or written: nothing may crash, hang or grow,
// and no answer makes a permission granted that does not stand there.
#include <array>
#include <cstddef>
#include <span>
#include <string>

#include "base/result.h"
#include "repair/setting.h"
#include "repair/settings/kind.h"
#include "repair/settings/package_text.h"
#include "repair/settings/reply.h"

void Fuzz(std::span<const std::byte> bytes) {
  using namespace bk::repair;
  const std::string text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  PhoneTraits traits{.sdk = 34, .maker = "xiaomi"};
  traits.uids["com.x"] = 10143;
  const std::array ids = {setting::Global("a"),
                          setting::AppOp("com.x", "WAKE_LOCK"),
                          setting::UidOp("com.x", "10008"),
                          setting::Permission("com.x", "android.permission.X"),
                          setting::DozeExempt("com.x"),
                          setting::DataSaverExempt("com.x"),
                          setting::StandbyBucket("com.x"),
                          setting::BackgroundLevel("com.x"),
                          setting::NotificationListener("com.x", "*"),
                          setting::PackageEnabled("com.x"),
                          setting::Stopped("com.x"),
                          setting::Bluetooth(),
                          setting::AirplaneMode(),
                          setting::BatterySaver(),
                          setting::Location(),
                          setting::DataSaver(),
                          setting::Running("com.x"),
                          setting::ListenerLive("com.x"),
                          setting::Bonded("00:00:5E:00:53:01"),
                          setting::Version("com.x"),
                          setting::InstalledAt("com.x"),
                          setting::SystemBuild(),
                          setting::Internet()};
  for (const SettingId& id : ids) {
    kinds::Parts parts;
    const kinds::Kind* kind = kinds::Find(id, parts);
    BK_CHECK(kind != nullptr);
    for (const auto& command : kind->read(traits, parts)) {
      const auto value = kind->parse(traits, parts, command, text);
      if (value && *value) {
        (void)DescribeValue(traits, id, **value);
        BK_CHECK(Same(id, *value, *value));
      }
    }
    (void)DescribeChange(traits, id, text, text + "x");
    (void)kinds::Find({text}, parts);
  }
  const bk::ports::PhoneAnswer answer{.exit = 0, .out = text, .err = text};
  for (const auto& refusal : {RefusalInReply(traits, answer), RefusalInDump(traits, answer)})
    if (refusal)
      for (const char c : refusal->reply) BK_CHECK(c >= 0x20 && c < 0x7f);
  if (const auto package = FindPackage(text, "com.x", 0))
    if (package->Granted("android.permission.X") == true)
      BK_CHECK(text.find("android.permission.X: granted=true") != std::string::npos);
  (void)FindNotificationListener(text, "com.x");
}
