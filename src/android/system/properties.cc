// getprop: "[key]: [value]" lines. A value may span lines; those are passed over.
#include <algorithm>
#include <array>

#include "android/system/parsers.h"

namespace bk::android::system {
namespace {

struct Property {
  std::string_view key, value, line;
};

void TakeText(Scope& scope, Maybe<std::string>& into, const Property& property) {
  if (!property.value.empty() && !into)
    into = scope.Make(std::string(property.value), property.line);
}

// A maker's own name for its Android, by the property that only it sets. The first that is there
// wins: HyperOS still sets MIUI's.
struct Skin {
  std::string_view key, name;
};
constexpr Skin kSkins[] = {
    {"ro.mi.os.version.name", "HyperOS"},
    {"ro.miui.ui.version.name", "MIUI"},
    {"ro.build.version.oneui", "One UI"},
    {"ro.build.version.magic", "MagicOS"},
    {"hw_sc.build.platform.version", "HarmonyOS"},
    {"ro.build.version.emui", "EMUI"},
    {"ro.build.version.realmeui", "realme UI"},
    {"ro.oxygen.version", "OxygenOS"},
    {"ro.build.version.oplusrom.display", "ColorOS"},
    {"ro.build.version.oplusrom", "ColorOS"},
    {"ro.build.version.opporom", "ColorOS"},
    {"ro.vivo.os.version", "Funtouch OS"},
    {"ro.flyme.version.id", "Flyme"},
    {"ro.asus.rog", "ROG UI"},
    {"ro.nubia.rom.name", "nubia UI"},
    {"ro.tranos.version", "HiOS"},
    {"ro.lenovo.lvp.version", "ZUI"},
    {"ro.smartisan.version", "Smartisan OS"},
};

// A custom ROM's own name, by the property that it sets. "" as name: the value says it.
constexpr Skin kRoms[] = {
    {"ro.grapheneos.version", "GrapheneOS"},
    {"ro.calyxos.version", "CalyxOS"},
    {"ro.crdroid.version", "crDroid"},
    {"ro.crdroid.build.version", "crDroid"},
    {"org.pixelexperience.version", "Pixel Experience"},
    {"org.evolution.version", "Evolution X"},
    {"ro.evolution.version", "Evolution X"},
    {"ro.havoc.version", "Havoc-OS"},
    {"ro.rr.version", "Resurrection Remix"},
    {"ro.pa.version", "Paranoid Android"},
    {"ro.aospa.version", "Paranoid Android"},
    {"ro.arrow.version", "ArrowOS"},
    {"ro.syberia.version", "Syberia"},
    {"ro.bliss.version", "Bliss"},
    {"ro.derp.version", "DerpFest"},
    {"ro.dot.version", "DotOS"},
    {"ro.omni.version", "OmniROM"},
    {"ro.potato.version", "POSP"},
    {"ro.superior.version", "SuperiorOS"},
    {"ro.rising.version", "risingOS"},
    {"ro.matrixx.version", "Project Matrixx"},
    {"ro.lineage.build.version", "LineageOS"},
    {"ro.lineage.version", "LineageOS"},
    {"ro.cm.version", "CyanogenMod"},
    {"ro.mod.version", ""},
    {"ro.modversion", ""},
};

class PropertyReader {
 public:
  explicit PropertyReader(Scope& scope) : scope_(scope), device_(scope.state.device) {}

  void Take(const Property& property) {
    const std::string_view key = property.key;
    if (key.starts_with("ro.")) return TakeReadOnly(property);
    if (key == "persist.sys.timezone") return TakeText(scope_, device_.time_zone, property);
    if (key == "hw_sc.build.platform.version" || key == "org.pixelexperience.version" ||
        key == "org.evolution.version")
      return TakeNames(property);
    if (key.starts_with("init.svc.magisk") || key.starts_with("persist.magisk") ||
        key == "init.svc.su_daemon" || key == "init.svc.ksud")
      return Root("the property " + std::string(key) + " is there", property.line);
    if (key == "service.adb.root" && property.value == "1")
      return Root("adb runs as root", property.line);
    if (key.starts_with("qemu.") && key != "qemu.hw.mainkeys" && key != "qemu.sf.lcd_density")
      device_.emulator = scope_.Make(true, property.line);
  }

  void Finish() {
    if (skin_ < std::size(kSkins)) {
      std::string name(kSkins[skin_].name);
      std::string version = skin_value_.value;
      TidySkin(name, version);
      device_.skin = scope_.Make(std::move(name), {});
      device_.skin->place = skin_value_.place;
      if (!version.empty()) device_.skin_version = Fact<std::string>{version, skin_value_.place};
    }
    if (rom_ < std::size(kRoms)) {
      std::string name(kRoms[rom_].name);
      if (!name.empty() && !rom_value_.value.empty()) name += ' ';
      device_.custom_rom = Fact<std::string>{name + rom_value_.value, rom_value_.place};
    }
  }

 private:
  void Root(std::string text, std::string_view line) {
    constexpr std::size_t kSignsMax = 20;
    if (device_.root_signs.size() < kSignsMax)
      device_.root_signs.push_back(scope_.Make(std::move(text), line));
  }

  void TakeReadOnly(const Property& property) {
    const std::string_view key = property.key;
    const std::string_view value = property.value;
    if (key == "ro.product.manufacturer") {
      TakeText(scope_, device_.maker, property);
    } else if (key == "ro.product.brand") {
      TakeText(scope_, device_.brand, property);
    } else if (key == "ro.product.model") {
      TakeText(scope_, device_.model, property);
    } else if (key == "ro.product.marketname" || key == "ro.vendor.oplus.market.name" ||
               key == "ro.vivo.market.name" || key == "ro.config.marketing_name") {
      TakeText(scope_, device_.market_name, property);
    } else if (key == "ro.product.device") {
      TakeText(scope_, device_.device, property);
    } else if (key == "ro.build.version.release") {
      TakeText(scope_, device_.android_version, property);
    } else if (key == "ro.build.version.sdk") {
      if (const auto sdk = ParseInt<int>(value); sdk && *sdk > 0 && *sdk < 1000)
        device_.sdk = scope_.Make(*sdk, property.line);
    } else if (key == "ro.build.version.security_patch") {
      TakeText(scope_, device_.patch, property);
    } else if (key == "ro.build.fingerprint") {
      TakeText(scope_, device_.fingerprint, property);
    } else if (key == "ro.build.display.id") {
      TakeText(scope_, device_.build, property);
      if (value.starts_with("Flyme")) TakeNames({"ro.flyme.version.id", value, property.line});
    } else if (key == "ro.build.date.utc") {
      // Some builds have 0 or 1970 here.
      if (const auto seconds = ParseInt<std::int64_t>(value); seconds && *seconds > 1'000'000'000)
        device_.build_time = scope_.Make(*seconds, property.line);
    } else if (key == "ro.build.type") {
      TakeText(scope_, device_.build_type, property);
    } else if (key == "ro.build.tags") {
      TakeText(scope_, device_.build_tags, property);
    } else if (key == "ro.boot.verifiedbootstate") {
      TakeText(scope_, device_.verified_boot, property);
    } else if (key == "ro.boot.vbmeta.device_state") {
      if (value == "locked" || value == "unlocked")
        device_.bootloader_unlocked = scope_.Make(value == "unlocked", property.line);
    } else if (key == "ro.boot.flash.locked") {
      if (!device_.bootloader_unlocked && (value == "0" || value == "1"))
        device_.bootloader_unlocked = scope_.Make(value == "0", property.line);
    } else if (key == "ro.debuggable") {
      if (value == "1") Root("ro.debuggable is 1", property.line);
    } else if (key == "ro.secure") {
      if (value == "0") Root("ro.secure is 0", property.line);
    } else if (key == "ro.kernel.qemu" || key == "ro.boot.qemu") {
      if (value == "1") device_.emulator = scope_.Make(true, property.line);
    } else if (key == "ro.runtime.firstboot") {
      if (const auto ms = ParseInt<std::int64_t>(value); ms && *ms > 1'000'000'000'000)
        device_.boot_time_ms = scope_.Make(*ms, property.line);
    } else if (key == "ro.product.mod_device") {
      // The unofficial xiaomi.eu builds keep MIUI's properties; only this tells.
      if (value.find("xiaomieu") != std::string_view::npos)
        device_.custom_rom = scope_.Make(std::string("xiaomi.eu"), property.line);
    } else {
      TakeNames(property);
    }
  }

  void TakeNames(const Property& property) {
    if (property.value.empty()) return;
    for (std::size_t i = 0; i < std::min(skin_, std::size(kSkins)); ++i)
      if (property.key == kSkins[i].key) {
        skin_ = i;
        skin_value_ = scope_.Make(std::string(property.value), property.line);
      }
    for (std::size_t i = 0; i < std::min(rom_, std::size(kRoms)); ++i)
      if (property.key == kRoms[i].key) {
        rom_ = i;
        rom_value_ = scope_.Make(std::string(property.value), property.line);
      }
  }

  // Each maker writes its version in its own way; the person knows "12.5", "5.1", "11.0.0".
  void TidySkin(std::string& name, std::string& version) const {
    if (name == "MIUI" && version.size() > 1 && version.front() == 'V') {
      // V125 is 12.5, V14 is 14, V816 is HyperOS 1 in disguise.
      version.erase(0, 1);
      if (version.size() == 3 && version.ends_with('0')) version.pop_back();
      if (version.size() == 3 && version.front() == '1') version.insert(2, ".");
      if (version == "816") name = "HyperOS", version = "1";
    } else if (name == "HyperOS" && version.starts_with("OS")) {
      version.erase(0, 2);
    } else if (name == "One UI") {
      // 60101 is 6.1.1
      if (const auto number = ParseInt<int>(version); number && *number >= 10'000) {
        version = std::to_string(*number / 10'000) + "." + std::to_string(*number / 100 % 100);
        if (*number % 100 != 0) version += "." + std::to_string(*number % 100);
      }
    } else if (name == "EMUI") {
      if (version.starts_with("EmotionUI_")) version.erase(0, 10);
      if (version.starts_with("MagicUI_") || version.starts_with("MagicOS_")) {
        version.erase(0, 8);
        name = "MagicOS";
      }
    } else if (name == "ColorOS") {
      if (version.starts_with('V')) version.erase(0, 1);
      const auto is = [&](std::string_view brand) {
        return (device_.brand && StartsWithNoCase(device_.brand->value, brand)) ||
               (device_.maker && StartsWithNoCase(device_.maker->value, brand));
      };
      if (is("oneplus")) name = "OxygenOS";
      if (is("realme")) name = "realme UI";
    }
  }

  Scope& scope_;
  DeviceFacts& device_;
  std::size_t skin_ = std::size(kSkins);
  std::size_t rom_ = std::size(kRoms);
  Fact<std::string> skin_value_, rom_value_;
};

}  // namespace

void ParseProperties(const Section& section, SystemState& state) {
  Scope scope(section, state);
  PropertyReader reader(scope);
  BlockCount count;
  std::string_view rest = section.body;
  std::string_view line;
  while (NextLine(rest, line)) {
    if (!line.starts_with('[')) continue;  // the second line of a value
    ++count.seen;
    const std::size_t middle = line.find("]: [");
    if (middle == std::string_view::npos) {
      if (count.first_unread.data() == nullptr) count.first_unread = line;
      continue;
    }
    ++count.understood;
    std::string_view value = line.substr(middle + 4);
    while (!value.empty() && value.back() == ' ') value.remove_suffix(1);
    if (value.ends_with(']')) value.remove_suffix(1);
    reader.Take({line.substr(1, middle - 1), value, line});
  }
  reader.Finish();
  scope.Lose(count, "properties");
}

}  // namespace bk::android::system
