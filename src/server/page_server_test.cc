// The server over real sockets of this computer, asked well and badly.
#include "server/page_server.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "app/desk/desk_testing.h"
#include "server/limits.h"
#include "server/proof.h"
#include "server/wire_testing.h"

namespace bk::server {
namespace {

using app::testing::MemoryStore;
using app::testing::OptionsIn;
using app::testing::TempFolder;
using std::chrono::milliseconds;
using testing::Wire;

const std::string kToken(64, 'e');

constexpr Asset kAssets[] = {{.path = "/",
                              .type = "text/html; charset=utf-8",
                              .etag = "\"1\"",
                              .policy = "script-src 'self' 'sha256-of='",
                              .plain = "<p>plain",
                              .gzip = "packed",
                              .brotli = {}},
                             {.path = "/index.de.dark.html",
                              .type = "text/html; charset=utf-8",
                              .etag = "\"2\"",
                              .plain = "<p>dunkel",
                              .gzip = {},
                              .brotli = {}}};

class PageServerTest : public ::testing::Test {
 protected:
  PageServerTest() {
    app::DeskOptions options = OptionsIn(folder_, &store_);
    desk_ = std::make_unique<app::Desk>(std::move(options));
    auto opened = PageServer::Open(
        {.token = kToken,
         .sign = [](std::string_view text) { return "signed " + std::string(text); },
         .assets = kAssets},
        *desk_);
    EXPECT_TRUE(opened) << opened.error().message;
    server_ = *std::move(opened);
    thread_ = std::thread([this] { server_->Run(/*signals=*/false); });
  }
  ~PageServerTest() override { End(); }
  void End() {
    server_->Stop();
    if (thread_.joinable()) thread_.join();
  }
  // A head of the page's own, with more fields.
  [[nodiscard]] std::string Head(const std::string& line, const std::string& more = "") const {
    return line + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server_->port()) +
           "\r\nAuthorization: Bearer " + kToken + "\r\n" + more + "\r\n";
  }
  [[nodiscard]] std::string Order(const std::string& path, const std::string& body) const {
    return Head("POST /api/1/" + path, "Content-Type: application/json\r\nContent-Length: " +
                                           std::to_string(body.size()) + "\r\n") +
           body;
  }
  std::string Ask(const std::string& text) const {
    Wire wire(server_->port());
    wire.Say(text);
    return wire.Answer();
  }
  [[nodiscard]] static int StatusOf(const std::string& answer) {
    return answer.starts_with("HTTP/1.1 ") ? std::stoi(answer.substr(9, 3)) : 0;
  }

  TempFolder folder_;
  MemoryStore store_;
  std::unique_ptr<app::Desk> desk_;
  std::unique_ptr<PageServer> server_;
  std::thread thread_;
};

TEST_F(PageServerTest, ThePageAndItsState) {
  const std::string port = std::to_string(server_->port());
  const std::string page = Ask("GET / HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n");
  EXPECT_EQ(StatusOf(page), 200);
  EXPECT_TRUE(page.ends_with("<p>plain"));
  for (const char* field : {"Content-Security-Policy: default-src 'self'; ",
                            "frame-ancestors 'none'; script-src 'self' 'sha256-of='\r\n",
                            "X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer",
                            "Cross-Origin-Resource-Policy: same-origin"})
    EXPECT_TRUE(page.contains(field)) << field;
  EXPECT_FALSE(page.contains("Set-Cookie"));
  EXPECT_FALSE(page.contains("Access-Control"));
  const std::string packed =
      Ask("GET / HTTP/1.1\r\nHost: localhost:" + port + "\r\nAccept-Encoding: gzip\r\n\r\n");
  EXPECT_TRUE(packed.ends_with("packed"));
  EXPECT_TRUE(packed.contains("Content-Encoding: gzip"));
  EXPECT_EQ(StatusOf(Ask("GET / HTTP/1.1\r\nHost: localhost:" + port +
                         "\r\nIf-None-Match: \"1\"\r\n\r\n")),
            304);
  const std::string state = Ask(Head("GET /api/1/state"));
  EXPECT_EQ(StatusOf(state), 200);
  EXPECT_TRUE(state.contains("frame-ancestors 'none'\r\n")) << "only the page has a script within";
  EXPECT_TRUE(state.contains("bandkeeper.page/1"));
  EXPECT_EQ(StatusOf(Ask(Order("settings", R"({"page": {"theme": "dark"}})"))), 200);
}

TEST_F(PageServerTest, ThePageBeginsInTheLanguageAndThemeOfTheSettings) {
  const std::string get =
      "GET / HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server_->port()) + "\r\n\r\n";
  EXPECT_TRUE(Ask(get).ends_with("<p>plain"));
  EXPECT_EQ(StatusOf(Ask(Order("settings", R"({"language": "de"})"))), 200);
  EXPECT_TRUE(Ask(get).ends_with("<p>plain")) << "there is none for that theme";
  EXPECT_EQ(StatusOf(Ask(Order("settings", R"({"page": {"theme": "dark"}})"))), 200);
  EXPECT_TRUE(Ask(get).ends_with("<p>dunkel"));
  EXPECT_EQ(StatusOf(Ask(Order("settings", R"({"page": {"theme": ["dark"]}})"))), 200);
  EXPECT_TRUE(Ask(get).ends_with("<p>plain"));
}

TEST_F(PageServerTest, ItProvesItselfWithoutAToken) {
  const std::string nonce(32, 'a');
  EXPECT_FALSE(ProofText(4711, "short") || ProofText(4711, std::string(32, 'G')));
  EXPECT_NE(ProofText(4712, nonce), ProofText(4711, nonce));
  const std::string head =
      " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server_->port()) + "\r\n";
  const std::string answer = Ask("GET /api/1/hello?nonce=" + nonce + head + "\r\n");
  EXPECT_EQ(StatusOf(answer), 200);
  EXPECT_TRUE(answer.contains("signed " + *ProofText(server_->port(), nonce)));
  EXPECT_FALSE(answer.contains(kToken));
  EXPECT_EQ(StatusOf(Ask("GET /api/1/hello" + head + "\r\n")), 400);
  EXPECT_EQ(StatusOf(Ask("GET /api/1/hello?nonce=" + nonce + head +
                         "Origin: http://evil.example\r\n\r\n")),
            403);
}

TEST_F(PageServerTest, OthersAreRefusedBeforeAnythingIsRead) {
  const std::string port = std::to_string(server_->port());
  EXPECT_EQ(StatusOf(Ask("GET /api/1/state HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n")),
            401);
  EXPECT_EQ(StatusOf(Ask("GET / HTTP/1.1\r\nHost: evil.example:" + port + "\r\n\r\n")), 403);
  EXPECT_EQ(StatusOf(Ask(Head("GET /api/1/state", "Origin: http://evil.example\r\n"))), 403);
  EXPECT_EQ(StatusOf(Ask(Head("GET /api/1/state", "Sec-Fetch-Site: cross-site\r\n"))), 403);
  EXPECT_EQ(StatusOf(Ask(Head("OPTIONS /api/1/state"))), 405);
  EXPECT_EQ(StatusOf(Ask("GET / HTTP/1.1\r\n\r\n")), 400);
  EXPECT_EQ(StatusOf(Ask("GET / HTTP/1.0\r\nHost: 127.0.0.1:" + port + "\r\n\r\n")), 400);
  // The body of a stranger is not waited for.
  EXPECT_EQ(StatusOf(Ask("POST /api/1/files?name=x HTTP/1.1\r\nHost: 127.0.0.1:" + port +
                         "\r\nContent-Length: 1000000\r\n\r\n")),
            401);
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(PageServerTest, PathsLeadNowhereElse) {
  for (const char* path :
       {"/../../../../etc/passwd", "/..%2f..%2fetc%2fpasswd", "//etc/passwd", "/assets/../x",
        "/api/1/../../etc/passwd", "/api/1/files/..%2f..%2fx", "/api", "/api/1", "/index.html"}) {
    const std::string answer = Ask(Head("GET " + std::string(path)));
    EXPECT_EQ(StatusOf(answer), 404) << path;
    EXPECT_FALSE(answer.contains("root:")) << path;
  }
  EXPECT_EQ(StatusOf(Ask(Head("GET http://127.0.0.1/"))), 400);
}

TEST_F(PageServerTest, WhatIsTooLargeIsNotRead) {
  EXPECT_EQ(StatusOf(Ask(Head("GET /api/1/state", "X: " + std::string(20'000, 'x') + "\r\n"))),
            431);
  EXPECT_EQ(StatusOf(Ask(Head("GET /" + std::string(3'000, 'a')))), 400);
  EXPECT_EQ(StatusOf(Ask(Order("settings", "{\"x\":\"" + std::string(70'000, 'x') + "\"}"))), 413);
  const std::string chunked = Head(
      "POST /api/1/settings", "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n");
  std::string huge = chunked;
  for (int i = 0; i < 80; ++i) huge += "400\r\n" + std::string(1024, ' ') + "\r\n";
  EXPECT_EQ(StatusOf(Ask(huge)), 413);
  EXPECT_EQ(StatusOf(Ask(chunked + "2\r\n{}\r\n0\r\n\r\n")), 200);
  EXPECT_EQ(StatusOf(Ask(Head("POST /api/1/files?name=x", "Content-Length: 5000000000\r\n"))), 413);
  EXPECT_EQ(StatusOf(Ask(Head("POST /api/1/band/files?name=x", "Content-Length: 9000000\r\n"))),
            413);
}

TEST_F(PageServerTest, WhatIsDamagedIsRefused) {
  const std::string json = "Content-Type: application/json\r\n";
  EXPECT_EQ(StatusOf(Ask(Order("settings", "[1]"))), 400);
  EXPECT_EQ(StatusOf(Ask(Order("settings", "{"))), 400);
  EXPECT_EQ(StatusOf(Ask(
                Head("POST /api/1/settings", "Content-Type: text/plain\r\nContent-Length: 2\r\n") +
                "{}")),
            415);
  EXPECT_EQ(StatusOf(Ask(Head("POST /api/1/settings", json + "Transfer-Encoding: chunked\r\n") +
                         "zz\r\n{}\r\n")),
            400);
  // Two lengths, or a length beside chunks, are two requests to somebody.
  EXPECT_EQ(StatusOf(Ask(
                Head("POST /api/1/settings", json + "Content-Length: 2\r\nContent-Length: 3\r\n") +
                "{}")),
            400);
  EXPECT_EQ(StatusOf(Ask(Head("POST /api/1/settings", json + "Content-Length: 2\r\n"
                                                             "Transfer-Encoding: chunked\r\n") +
                         "{}")),
            400);
  EXPECT_EQ(StatusOf(Ask("nonsense\r\n\r\n")), 400);
  EXPECT_EQ(StatusOf(Ask(Head("GET /api/1/state", "Content-Length: 2\r\n") + "{}")), 400);
  EXPECT_EQ(StatusOf(Ask(Head("GET /api/1/events?after=x"))), 400);
  EXPECT_EQ(StatusOf(Ask(Head("POST /api/1/files", "Content-Length: 2\r\n") + "{}")), 400);
}

TEST_F(PageServerTest, RequestsInOnePieceAreAnsweredInTheirOrder) {
  Wire wire(server_->port());
  wire.Say(Head("GET /api/1/state") + Order("settings", R"({"language": "tlh"})") +
           Head("GET /api/1/kept"));
  EXPECT_TRUE(wire.Answer().contains("bandkeeper.page/1"));
  EXPECT_EQ(StatusOf(wire.Answer()), 400);
  EXPECT_TRUE(wire.Answer().contains("\"items\""));
}

TEST_F(PageServerTest, AFileComesInPiecesAndLiesForItsOwnerAlone) {
  Wire wire(server_->port());
  wire.Say(Head("POST /api/1/files?name=a%20b.txt", "Transfer-Encoding: chunked\r\n"));
  for (int i = 0; i < 100; ++i) wire.Say("1000\r\n" + std::string(4096, 'x') + "\r\n");
  wire.Say("0\r\n\r\n");
  const std::string answer = wire.Answer();
  EXPECT_EQ(StatusOf(answer), 201) << answer;
  EXPECT_TRUE(answer.contains(R"({"id":"f1"})"));
  const auto path = std::filesystem::path(folder_.path()) / "f1";
  EXPECT_EQ(std::filesystem::file_size(path), 409'600U);
  EXPECT_EQ(std::filesystem::status(path).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  wire.Say(Head("DELETE /api/1/files/f1"));
  EXPECT_EQ(StatusOf(wire.Answer()), 200);
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(PageServerTest, AFileThatDoesNotComeWholeLeavesNothing) {
  {
    Wire wire(server_->port());
    wire.Say(Head("POST /api/1/files?name=a", "Content-Length: 100000\r\n") + "half");
    Wire other(server_->port());
    while (!other.Say(Head("GET /api/1/state")) || !other.Answer().contains("\"uploading\"")) {
    }
  }
  Wire other(server_->port());
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  std::string state;
  do {
    other.Say(Head("GET /api/1/state"));
    state = other.Answer();
  } while (state.contains("\"uploading\"") && std::chrono::steady_clock::now() < until);
  EXPECT_FALSE(state.contains("\"uploading\""));
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(PageServerTest, TwoReadersSeeEveryChange) {
  Wire first(server_->port()), second(server_->port());
  first.Say(Head("GET /api/1/events"));
  second.Say(Head("GET /api/1/events?after=99999999999999"));
  for (Wire* wire : {&first, &second})
    EXPECT_TRUE(wire->Hear("\"part\":\"settings\"").contains("text/event-stream"));
  EXPECT_EQ(StatusOf(Ask(Order("settings", R"({"page": {"seen": "by both"}})"))), 200);
  for (Wire* wire : {&first, &second}) EXPECT_TRUE(wire->Hear("by both").contains("by both"));
  first.Close();
  EXPECT_EQ(StatusOf(Ask(Order("settings", R"({"page": {"seen": "by one"}})"))), 200);
  EXPECT_TRUE(second.Hear("by one").contains("by one"));
  End();
  EXPECT_TRUE(second.Hear("event: bye").contains("event: bye"));
}

TEST_F(PageServerTest, AStreamGoesOnWhereItWas) {
  Wire all(server_->port());
  all.Say(Head("GET /api/1/state"));
  const std::string state = all.Answer();
  const std::size_t at = state.find("\"revision\":") + 11;
  const std::string revision = state.substr(at, state.find_first_not_of("0123456789", at) - at);
  Wire rest(server_->port());
  rest.Say(Head("GET /api/1/events?after=" + revision));
  EXPECT_EQ(StatusOf(Ask(Order("settings", R"({"page": {"new": 1}})"))), 200);
  const std::string heard = rest.Hear("\"new\":1");
  EXPECT_FALSE(heard.contains("\"part\":\"phones\"")) << heard;
}

TEST_F(PageServerTest, StreamsAreFew) {
  std::vector<std::unique_ptr<Wire>> wires;
  for (std::size_t i = 0; i < kStreamsMax; ++i) {
    wires.push_back(std::make_unique<Wire>(server_->port()));
    wires.back()->Say(Head("GET /api/1/events"));
    wires.back()->Hear("\"part\"");
  }
  EXPECT_EQ(StatusOf(Ask(Head("GET /api/1/events"))), 503);
  EXPECT_EQ(StatusOf(Ask(Head("GET /api/1/state"))), 200);
  // A tab that was closed makes room at once.
  wires.pop_back();
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  std::string heard;
  do {
    Wire wire(server_->port());
    wire.Say(Head("GET /api/1/events"));
    heard = wire.Hear("\r\n\r\n");
  } while (!heard.contains(" 200 ") && std::chrono::steady_clock::now() < until);
  EXPECT_TRUE(heard.contains(" 200 ")) << heard;
}

// Another user of this computer opens all the connections there are and says nothing.
TEST_F(PageServerTest, ThePageIsServedThoughStrangersHoldEveryConnection) {
  Wire page(server_->port());
  page.Say(Head("GET /api/1/state"));
  ASSERT_EQ(StatusOf(page.Answer()), 200);
  std::vector<std::unique_ptr<Wire>> strangers;
  for (std::size_t i = 0; i < 2 * kConnectionsMax; ++i)
    strangers.push_back(std::make_unique<Wire>(server_->port()));
  page.Say(Head("GET /api/1/state"));
  EXPECT_EQ(StatusOf(page.Answer()), 200) << "the page was put out";
  EXPECT_EQ(StatusOf(Ask(Head("GET /api/1/state"))), 200) << "no room for a second tab";
  EXPECT_TRUE(strangers.front()->Closes(seconds(3)));
}

TEST_F(PageServerTest, WhoSaysNothingOrTooLittleIsPutOut) {
  Wire silent(server_->port()), slow(server_->port()), slow_body(server_->port());
  slow.Say("GET / HTTP/1.1\r\nHost: ");
  slow_body.Say(
      Head("POST /api/1/settings", "Content-Type: application/json\r\nContent-Length: 10\r\n") +
      "{");
  EXPECT_TRUE(silent.Closes(kStrangerTime + seconds(5)));
  EXPECT_EQ(StatusOf(slow.Answer()), 408);
  EXPECT_EQ(StatusOf(slow_body.Answer()), 408);
  EXPECT_TRUE(slow.Closes(seconds(5)));
}

}  // namespace
}  // namespace bk::server
