using TransferLearning.Data.Images;

namespace TransferLearning.Tests.Data.Images;

public sealed class MemoryBudgetTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    [Fact]
    public void Threads_never_hold_more_than_the_budget_and_all_finish()
    {
        var budget = new MemoryBudget(100);
        long held = 0L;
        long most = 0L;

        bool finished = Task.WaitAll(
            [.. Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
            {
                var random = new Random(thread);
                for (int i = 0; i < 500; i++)
                {
                    // Now and then, one that takes all.
                    int needed = i % 20 == 0 ? 150 : random.Next(1, 60);
                    using MemoryReservation reservation = budget.Reserve(needed, CancellationToken.None);
                    long now = Interlocked.Add(ref held, Math.Min(needed, 100));
                    InterlockedMax(ref most, now);
                    Thread.SpinWait(200);
                    Interlocked.Add(ref held, -Math.Min(needed, 100));
                }
            }))],
            Long);

        finished.ShouldBeTrue();
        most.ShouldBeLessThanOrEqualTo(100);
        budget.Peak.ShouldBe(100);
    }

    [Fact]
    public void A_large_request_is_not_passed_over()
    {
        var budget = new MemoryBudget(10);
        MemoryReservation first = budget.Reserve(6, CancellationToken.None);
        var large = Task.Run(() => budget.Reserve(10, CancellationToken.None));
        SpinWait.SpinUntil(() => large.Status == TaskStatus.Running && Waits(large), 200);
        var small = Task.Run(() => budget.Reserve(1, CancellationToken.None));

        small.Wait(200).ShouldBeFalse();
        first.Dispose();
        large.Wait(Long).ShouldBeTrue();
        small.IsCompleted.ShouldBeFalse();
        large.Result.Dispose();
        small.Wait(Long).ShouldBeTrue();
    }

    [Fact]
    public void Canceling_ends_the_wait_and_those_behind_go_on()
    {
        var budget = new MemoryBudget(10);
        using var canceled = new CancellationTokenSource();
        using MemoryReservation first = budget.Reserve(6, CancellationToken.None);
        var large = Task.Run(() => budget.Reserve(10, canceled.Token));
        large.Wait(200).ShouldBeFalse();
        var small = Task.Run(() => budget.Reserve(4, CancellationToken.None));

        canceled.Cancel();

        Should.Throw<AggregateException>(() => large.Wait(Long)).InnerException.ShouldBeAssignableTo<OperationCanceledException>();
        small.Wait(Long).ShouldBeTrue();
    }

    private static bool Waits(Task task) => !task.Wait(100);

    private static void InterlockedMax(ref long most, long value)
    {
        for (long seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
