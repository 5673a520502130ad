// Keys in a secret store that is played here, on a bus of the test's own.
#include <gmock/gmock.h>
#include <sdbus-c++/sdbus-c++.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/secrets/key_store.h"
#include "adapters/secrets/secret_service.h"
#include "adapters/state/state.h"

namespace bk::adapters {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using Path = sdbus::ObjectPath;
using Paths = std::vector<Path>;
using Attributes = std::map<std::string, std::string>;
using Properties = std::map<std::string, sdbus::Variant>;
using Bytes = std::vector<std::uint8_t>;
using Secret = sdbus::Struct<Path, Bytes, Bytes, std::string>;

constexpr const char* kService = "org.freedesktop.Secret.Service";

// A dbus-daemon for this process, whose address is put into the environment. It starts nobody: the
// keyring of whoever runs this test stays out of it.
class OwnBus {
 public:
  explicit OwnBus(const std::string& folder) {
    const std::string config = folder + "/bus.conf";
    std::ofstream(config) << "<busconfig><type>session</type><listen>unix:dir=" << folder
                          << "</listen><policy context='default'><allow send_destination='*'/>"
                             "<allow receive_sender='*'/><allow own='*'/></policy></busconfig>";
    int told[2];
    if (pipe(told) != 0) return;
    child_ = fork();
    if (child_ == 0) {
      dup2(told[1], STDOUT_FILENO);
      const std::string with = "--config-file=" + config;
      execlp("dbus-daemon", "dbus-daemon", with.c_str(), "--nofork", "--nopidfile",
             "--print-address", nullptr);
      _exit(127);
    }
    close(told[1]);
    std::string address;
    char letter = 0;
    while (read(told[0], &letter, 1) == 1 && letter != '\n') address += letter;
    close(told[0]);
    setenv("DBUS_SESSION_BUS_ADDRESS", address.c_str(), 1);
    there = IsLocalBus(address);
  }
  ~OwnBus() {
    if (child_ > 0) {
      kill(child_, SIGTERM);
      waitpid(child_, nullptr, 0);
    }
  }
  bool there = false;

 private:
  pid_t child_ = -1;
};

// org.freedesktop.secrets with one collection, as far as somebody may use it who shows no windows.
class FakeSecrets {
  std::unique_ptr<sdbus::IConnection> bus_;  // first, so that it outlives its objects

 public:
  FakeSecrets() : bus_(sdbus::createSessionBusConnection("org.freedesktop.secrets")) {
    service_ = sdbus::createObject(*bus_, "/org/freedesktop/secrets");
    const auto method = [this](const char* name, auto what) {
      service_->registerMethod(name).onInterface(kService).implementedAs(std::move(what));
    };
    method("OpenSession", [](const std::string& algorithm, const sdbus::Variant&) {
      if (algorithm != "plain")
        throw sdbus::Error("org.freedesktop.DBus.Error.NotSupported", algorithm);
      return std::tuple(sdbus::Variant(std::string()), Path("/session/1"));
    });
    method("ReadAlias", [this](const std::string& alias) {
      return Path(alias == "default" && has_collection ? "/collection/own" : "/");
    });
    method("SearchItems", [this](const Attributes& wanted) {
      const std::lock_guard lock(mutex);
      Paths found;
      for (const auto& [path, item] : items)
        if (item.attributes == wanted) found.emplace_back(path);
      return locked ? std::tuple(Paths(), found) : std::tuple(found, Paths());
    });
    method("Unlock", [this](const Paths& what) {
      return locked ? std::tuple(Paths(), Path("/prompt/1")) : std::tuple(what, Path("/"));
    });
    method("GetSecrets", [this](const Paths& what, const Path& session) {
      const std::lock_guard lock(mutex);
      std::map<Path, Secret> secrets;
      for (const Path& path : what)
        secrets[path] = {session, {}, items.at(path).value, "text/plain"};
      return secrets;
    });
    service_->finishRegistration();
    collection_ = sdbus::createObject(*bus_, "/collection/own");
    collection_->registerMethod("CreateItem")
        .onInterface("org.freedesktop.Secret.Collection")
        .implementedAs([this](const Properties& about, const Secret& secret, bool replace) {
          return Create(about, secret, replace);
        });
    collection_->finishRegistration();
    bus_->enterEventLoopAsync();
  }
  ~FakeSecrets() { bus_->leaveEventLoop(); }

  struct Item {
    Attributes attributes;
    Bytes value;
    std::unique_ptr<sdbus::IObject> object;
  };
  std::map<std::string, Item> items;  // by path
  std::mutex mutex;                   // guards items
  std::atomic<bool> locked = false, has_collection = true;

  std::vector<std::string> Values() {
    const std::lock_guard lock(mutex);
    std::vector<std::string> values;
    for (const auto& [path, item] : items)
      values.emplace_back(item.value.begin(), item.value.end());
    return values;
  }

 private:
  std::tuple<Path, Path> Create(const Properties& about, const Secret& secret, bool replace) {
    if (locked) throw sdbus::Error("org.freedesktop.Secret.Error.IsLocked", "locked");
    const std::lock_guard lock(mutex);
    const auto attributes = about.at("org.freedesktop.Secret.Item.Attributes").get<Attributes>();
    for (auto& [path, item] : items) {
      if (!replace || item.attributes != attributes) continue;
      item.value = secret.get<2>();
      return {Path(path), Path("/")};
    }
    const std::string path = "/collection/own/" + std::to_string(++made_);
    Item& item = items[path];
    item.attributes = attributes;
    item.value = secret.get<2>();
    item.object = sdbus::createObject(*bus_, path);
    item.object->registerMethod("Delete")
        .onInterface("org.freedesktop.Secret.Item")
        .implementedAs([this, path] {
          const std::lock_guard own(mutex);
          gone_.push_back(items.extract(path));  // its object answers this call yet
          return Path("/");
        });
    item.object->finishRegistration();
    return {Path(path), Path("/")};
  }

  std::unique_ptr<sdbus::IObject> service_, collection_;
  std::vector<std::map<std::string, Item>::node_type> gone_;
  int made_ = 0;
};

class Secrets : public testing::Test {
 protected:
  Secrets() : bus_(root_.path) {}
  void SetUp() override {
    if (!bus_.there) GTEST_SKIP() << "dbus-daemon is not installed";
  }
  KeyStore Keys() { return {MakeStore(folder_), OpenSecretService}; }
  static std::string TextOf(KeyStore& keys, const std::string& name = "key-1") {
    const auto kept = keys.Load(name);
    if (!kept) return "error: " + kept.error().message;
    return *kept ? (*kept)->text : "none";
  }
  [[nodiscard]] bool InFile(const std::string& name = "key-1") const {
    return fs::exists(folder_ + "/" + name);
  }

  struct Root {
    Root() {
      std::string name = (fs::temp_directory_path() / "bk_keys_XXXXXX").string();
      path = mkdtemp(name.data());
    }
    ~Root() { fs::remove_all(path); }
    std::string path;
  } root_;
  std::string folder_ = root_.path + "/keys";
  OwnBus bus_;
};

TEST(SecretService, OnlyASocketOfThisComputerIsLocal) {
  EXPECT_TRUE(IsLocalBus("unix:path=/run/user/1000/bus"));
  EXPECT_TRUE(IsLocalBus("unix:abstract=/tmp/x,guid=1;unix:path=/tmp/y"));
  for (const char* other :
       {"", "tcp:host=localhost,port=1", "unixexec:path=ssh", "unix:path=/a;tcp:host=b,port=2"})
    EXPECT_FALSE(IsLocalBus(other)) << other;
}

TEST_F(Secrets, AKeyLiesInTheSecretStoreAndNowhereElse) {
  FakeSecrets service;
  KeyStore keys = Keys();
  EXPECT_EQ(TextOf(keys), "none");
  ASSERT_TRUE(keys.Save("key-1", "aa").has_value());
  ASSERT_TRUE(keys.Save("key-2", "bb").has_value());
  ASSERT_TRUE(keys.Save("key-1", "cc").has_value());
  EXPECT_THAT(service.Values(), testing::UnorderedElementsAre("cc", "bb"));
  EXPECT_EQ(TextOf(keys), "cc");
  EXPECT_EQ(TextOf(keys, "key-2"), "bb");
  EXPECT_FALSE(InFile());
  KeyStore another = Keys();
  EXPECT_EQ(TextOf(another), "cc");
  ASSERT_TRUE(keys.Remove("key-1").has_value());
  ASSERT_TRUE(keys.Remove("key-1").has_value()) << "what is not there is removed already";
  EXPECT_THAT(service.Values(), testing::ElementsAre("bb"));
  EXPECT_EQ(TextOf(keys), "none");
}

TEST_F(Secrets, WithoutASecretStoreItIsAFile) {
  KeyStore keys = Keys();
  ASSERT_TRUE(keys.Save("key-1", "aa").has_value());
  EXPECT_TRUE(InFile());
  EXPECT_EQ(fs::status(folder_ + "/key-1").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(TextOf(keys), "aa");
  // One that comes later does not hide it, and takes it at the next save.
  FakeSecrets service;
  EXPECT_EQ(TextOf(keys), "aa");
  ASSERT_TRUE(keys.Save("key-1", "bb").has_value());
  EXPECT_FALSE(InFile());
  EXPECT_THAT(service.Values(), testing::ElementsAre("bb"));
}

TEST_F(Secrets, ALockedStoreIsNotAskedFor) {
  FakeSecrets service;
  KeyStore keys = Keys();
  ASSERT_TRUE(keys.Save("key-1", "old").has_value());
  service.locked = true;
  EXPECT_THAT(TextOf(keys), HasSubstr("Unlock it"));
  const auto removed = keys.Remove("key-1");
  ASSERT_FALSE(removed.has_value());
  EXPECT_EQ(removed.error().code, ErrorCode::kRefused);
  // A newer key goes to a file, and counts even when the store is open again.
  ASSERT_TRUE(keys.Save("key-1", "new").has_value());
  EXPECT_TRUE(InFile());
  EXPECT_EQ(TextOf(keys), "new");
  service.locked = false;
  EXPECT_EQ(TextOf(keys), "new");
  ASSERT_TRUE(keys.Remove("key-1").has_value());
  EXPECT_TRUE(service.Values().empty());
  EXPECT_FALSE(InFile());
}

TEST_F(Secrets, AStoreThatEndsAndComesBackIsFoundAgain) {
  KeyStore keys = Keys();
  {
    FakeSecrets service;
    ASSERT_TRUE(keys.Save("key-1", "aa").has_value());
  }
  EXPECT_THAT(TextOf(keys), HasSubstr("error"));
  ASSERT_TRUE(keys.Save("key-1", "bb").has_value());
  EXPECT_TRUE(InFile());
  FakeSecrets service;
  ASSERT_TRUE(keys.Save("key-1", "cc").has_value());
  EXPECT_FALSE(InFile());
  EXPECT_THAT(service.Values(), testing::ElementsAre("cc"));
}

TEST_F(Secrets, WhatIsNoKeyAndStoresWithoutACollection) {
  FakeSecrets service;
  KeyStore keys = Keys();
  ASSERT_TRUE(keys.Save("update-1", "unfinished").has_value());
  EXPECT_TRUE(InFile("update-1"));
  EXPECT_TRUE(service.Values().empty());
  service.has_collection = false;
  ASSERT_TRUE(keys.Save("key-1", "aa").has_value());
  EXPECT_TRUE(InFile());
}

}  // namespace
}  // namespace bk::adapters
