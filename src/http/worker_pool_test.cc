#include "http/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace privity {
namespace {

TEST(WorkerPool, RunsEveryTaskOfManyPosters) {
  constexpr int kPosters = 4, kTasks = 2'000;
  std::atomic<int> ran = 0;
  {
    WorkerPool pool(3, kPosters * kTasks);
    std::vector<std::jthread> posters;
    for (int p = 0; p < kPosters; ++p) {
      posters.emplace_back([&, key = std::to_string(p)] {
        for (int i = 0; i < kTasks; ++i) EXPECT_TRUE(pool.TryPost(key, [&] { ++ran; }));
      });
    }
    posters.clear();
    pool.Stop();
  }
  EXPECT_EQ(ran, kPosters * kTasks);
}

// Threads wake each other one by one: a task that blocks must not keep the next one from waking.
TEST(WorkerPool, TasksThatWaitForEachOtherAllRun) {
  constexpr int kThreads = 8, kRounds = 50;
  WorkerPool pool(kThreads, 100);
  for (int round = 0; round < kRounds; ++round) {
    const auto together = std::make_shared<std::latch>(kThreads + 1);
    for (int i = 0; i < kThreads; ++i)
      EXPECT_TRUE(pool.TryPost("somebody", [together] { together->arrive_and_wait(); }));
    together->arrive_and_wait();
  }
}

TEST(WorkerPool, ServesKeysInTurn) {
  WorkerPool pool(1, 100);
  std::promise<void> started, go;
  pool.Post("busy", [&] {
    started.set_value();
    go.get_future().wait();
  });
  started.get_future().wait();
  std::string order;
  for (int i = 0; i < 3; ++i) pool.Post("busy", [&] { order += 'b'; });
  pool.Post("other", [&] { order += 'o'; });
  go.set_value();
  pool.Stop();
  EXPECT_EQ(order, "bobb");
}

TEST(WorkerPool, RefusesWhatHasNoRoomAndWhatComesAfterTheEnd) {
  WorkerPool pool(1, 2);
  std::promise<void> started, go;
  pool.Post("a", [&] {
    started.set_value();
    go.get_future().wait();
  });
  started.get_future().wait();
  EXPECT_TRUE(pool.TryPost("a", [] {}));
  EXPECT_TRUE(pool.TryPost("a", [] {}));
  EXPECT_FALSE(pool.TryPost("a", [] {}));
  EXPECT_TRUE(pool.Post("a", [] {})) << "admitted already";
  EXPECT_EQ(pool.waiting(), 3u);
  go.set_value();
  pool.Stop();
  EXPECT_FALSE(pool.TryPost("a", [] {}));
}

}  // namespace
}  // namespace privity
