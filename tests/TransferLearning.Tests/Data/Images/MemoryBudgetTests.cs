using TransferLearning.Data.Images;

namespace TransferLearning.Tests.Data.Images;

public sealed class MemoryBudgetTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task Threads_never_hold_more_than_the_budget_and_all_finish()
    {
        const int all = 100;
        var budget = new MemoryBudget(all);
        var gate = new Lock();
        int held = 0;
        int most = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            var random = new Random(thread);
            for (int i = 0; i < 100; i++)
            {
                // Now and then, one that needs more than all.
                int needed = i % 20 == 0 ? all + 50 : random.Next(1, 60);
                using MemoryReservation reservation = budget.Reserve(needed, CancellationToken.None);
                Add(Math.Min(needed, all));
                Thread.SpinWait(200);
                Add(-Math.Min(needed, all));
            }
        }))).WaitAsync(Long);

        most.ShouldBeLessThanOrEqualTo(all);
        budget.Peak.ShouldBe(all);

        void Add(int bytes)
        {
            lock (gate)
            {
                held += bytes;
                most = Math.Max(most, held);
            }
        }
    }

    [Fact]
    public async Task A_large_request_is_not_passed_over()
    {
        var budget = new MemoryBudget(10);
        MemoryReservation first = budget.Reserve(6, CancellationToken.None);
        Task<MemoryReservation> large = Reserve(budget, 10, CancellationToken.None);
        await Task.Delay(Short);
        Task<MemoryReservation> small = Reserve(budget, 1, CancellationToken.None);
        await Task.Delay(Short);

        (large.IsCompleted, small.IsCompleted).ShouldBe((false, false));
        first.Dispose();
        MemoryReservation second = await large.WaitAsync(Long);
        small.IsCompleted.ShouldBeFalse();
        second.Dispose();
        (await small.WaitAsync(Long)).Dispose();
    }

    [Fact]
    public async Task Canceling_ends_the_wait_and_those_behind_go_on()
    {
        var budget = new MemoryBudget(10);
        using var canceled = new CancellationTokenSource();
        using MemoryReservation first = budget.Reserve(6, CancellationToken.None);
        Task<MemoryReservation> large = Reserve(budget, 10, canceled.Token);
        await Task.Delay(Short);
        Task<MemoryReservation> small = Reserve(budget, 4, CancellationToken.None);
        await Task.Delay(Short);
        small.IsCompleted.ShouldBeFalse();

        await canceled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => large.WaitAsync(Long));
        (await small.WaitAsync(Long)).Dispose();
    }

    // On a thread of its own, which waits.
    private static Task<MemoryReservation> Reserve(MemoryBudget budget, long bytes, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(
            () => budget.Reserve(bytes, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
