using TransferLearning.Runtime.Execution;

namespace TransferLearning.Runtime.Tests.Execution;

public class ThreadTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Every_thread_runs_every_job_once_and_barriers_hold(int threads)
    {
        using var team = new ThreadTeam(threads);
        for (int round = 0; round < 50; round++)
        {
            int first = 0;
            int[] seen = new int[threads];
            team.Run(thread =>
            {
                Interlocked.Increment(ref first);
                team.Barrier();
                seen[thread] = Volatile.Read(ref first);
                team.Barrier();
            });
            seen.ShouldAllBe(s => s == threads);
        }
    }

    [Fact]
    public void A_failure_on_one_thread_reaches_the_caller_and_the_team_runs_the_next_job()
    {
        using var team = new ThreadTeam(3);

        Should.Throw<InvalidOperationException>(() => team.Run(thread =>
        {
            if (thread == 1)
            {
                throw new InvalidOperationException("broken");
            }

            team.Barrier();
        })).Message.ShouldBe("broken");

        int ran = 0;
        team.Run(_ =>
        {
            team.Barrier();
            Interlocked.Increment(ref ran);
        });
        ran.ShouldBe(3);
    }

    [Fact]
    public void Threads_that_sleep_at_a_barrier_wake_when_the_last_one_arrives()
    {
        using var team = new ThreadTeam(3);
        int late = 0;
        int[] seen = [0, 0, 0];

        team.Run(thread =>
        {
            if (thread == 1)
            {
                Thread.Sleep(50);
                Volatile.Write(ref late, 1);
            }

            team.Barrier();
            seen[thread] = Volatile.Read(ref late);
        });

        seen.ShouldBe([1, 1, 1]);
    }

    [Fact]
    public void A_late_failure_wakes_threads_that_sleep_at_a_barrier()
    {
        using var team = new ThreadTeam(3);

        Should.Throw<InvalidOperationException>(() => team.Run(thread =>
        {
            if (thread == 2)
            {
                Thread.Sleep(50);
                throw new InvalidOperationException("broken late");
            }

            team.Barrier();
        })).Message.ShouldBe("broken late");
    }
}
