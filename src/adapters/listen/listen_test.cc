#include "adapters/listen/listen.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <thread>

namespace bk::adapters {
namespace {

// Says everything back; "later" a moment after; ends itself at "bye"; says a megabyte at "much".
class EchoSession : public ports::ByteSession {
 public:
  void Receive(Bytes bytes, Time now) override {
    heard_ += AsText(bytes);
    if (heard_.find("later") != std::string::npos && !due_) due_ = now + Time(20'000);
  }
  void Produce(Time now, std::vector<std::byte>& out) override {
    if (due_ && now < *due_) return;
    due_.reset();
    if (heard_.find("bye") != std::string::npos) ended_ = true;
    if (heard_.find("much") != std::string::npos) heard_ = std::string(1 << 20, 'm');
    const Bytes bytes = AsBytes(heard_);
    out.insert(out.end(), bytes.begin(), bytes.end());
    heard_.clear();
  }
  [[nodiscard]] std::optional<Time> Wake() const override { return due_; }
  [[nodiscard]] bool ended() const override { return ended_; }

 private:
  std::string heard_;
  std::optional<Time> due_;
  bool ended_ = false;
};

class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_port = htons(port);
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = connect(socket_, reinterpret_cast<sockaddr*>(&place), sizeof place) == 0;
  }
  ~Client() { close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  [[nodiscard]] bool connected() const { return connected_; }
  void Say(std::string_view text) const {
    EXPECT_EQ(write(socket_, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  // Until so many bytes came, or the end.
  [[nodiscard]] std::string Hear(std::size_t count) const {
    std::string heard(count, '\0');
    std::size_t at = 0;
    while (at < count) {
      const ssize_t got = read(socket_, heard.data() + at, count - at);
      if (got <= 0) break;
      at += static_cast<std::size_t>(got);
    }
    heard.resize(at);
    return heard;
  }

 private:
  int socket_;
  bool connected_ = false;
};

class ListenTest : public testing::Test {
 protected:
  ListenTest() {
    auto opened = Listener::Open(0);
    EXPECT_TRUE(opened) << opened.error().message;
    listener_ = std::move(*opened);
    thread_ =
        std::thread([this] { listener_->Serve([] { return std::make_unique<EchoSession>(); }); });
  }
  ~ListenTest() override {
    listener_->Stop();
    thread_.join();
  }
  std::unique_ptr<Listener> listener_;
  std::thread thread_;
};

TEST_F(ListenTest, SessionsSpeakOverSockets) {
  EXPECT_GT(listener_->port(), 0);
  const Client one(listener_->port()), two(listener_->port());
  ASSERT_TRUE(one.connected() && two.connected());
  one.Say("hello");
  two.Say("world");
  EXPECT_EQ(two.Hear(5), "world");
  EXPECT_EQ(one.Hear(5), "hello");
  one.Say("later");
  EXPECT_EQ(one.Hear(5), "later");
  one.Say("much");
  EXPECT_EQ(one.Hear(1 << 20), std::string(1 << 20, 'm'));
  one.Say("bye");
  EXPECT_EQ(one.Hear(100), "bye");  // all that was said, then the end
  two.Say("still here");
  EXPECT_EQ(two.Hear(10), "still here");
}

TEST_F(ListenTest, ATakenPortIsRefusedAndTooManyAreClosed) {
  const auto again = Listener::Open(listener_->port());
  ASSERT_FALSE(again);
  EXPECT_NE(again.error().message.find(std::to_string(listener_->port())), std::string::npos);

  std::vector<std::unique_ptr<Client>> clients;
  for (std::size_t i = 0; i < Listener::kConnectionsMax; ++i) {
    clients.push_back(std::make_unique<Client>(listener_->port()));
    clients.back()->Say("x");
    EXPECT_EQ(clients.back()->Hear(1), "x");
  }
  EXPECT_EQ(Client(listener_->port()).Hear(1), "");
  clients.front()->Say("bye");
  EXPECT_EQ(clients.front()->Hear(9), "bye");
  const Client free(listener_->port());
  free.Say("y");
  EXPECT_EQ(free.Hear(1), "y");
}

}  // namespace
}  // namespace bk::adapters
