using TransferLearning.Runtime.Compilation;
using TransferLearning.Runtime.Steps;

namespace TransferLearning.Runtime.Tests.Compilation;

public class MemoryPlanTests
{
    private readonly Value _first = Map(0);
    private readonly Value _second = Map(1);
    private readonly Value _third = Map(2);

    [Fact]
    public void Values_alive_together_lie_apart()
    {
        var plan = new MemoryPlan([new(_first, 0, 2), new(_second, 1, 3)]);

        Offset(plan, _first).ShouldNotBe(Offset(plan, _second));
        plan.Length.ShouldBe(_first.Layout.Length + _second.Layout.Length);
    }

    [Fact]
    public void Values_never_alive_together_share_their_memory()
    {
        var plan = new MemoryPlan([new(_first, 0, 1), new(_second, 2, 3)]);

        plan.Length.ShouldBe(_first.Layout.Length);
    }

    [Fact]
    public void A_value_takes_over_the_memory_of_one_that_its_step_reads_last()
    {
        var plan = new MemoryPlan([new(_first, 0, 2), new(_second, 2, 4, TakesOver: _first)]);

        Offset(plan, _second).ShouldBe(Offset(plan, _first));
        plan.Length.ShouldBe(_first.Layout.Length);
    }

    [Fact]
    public void Memory_that_is_taken_over_is_in_use_until_its_last_value_ends()
    {
        var plan = new MemoryPlan([new(_first, 0, 2), new(_second, 2, 4, TakesOver: _first), new(_third, 3, 5)]);

        Offset(plan, _third).ShouldNotBe(Offset(plan, _first));
    }

    [Fact]
    public void The_memory_of_a_value_of_another_plan_is_not_taken_over()
    {
        var plan = new MemoryPlan([new(_second, 2, 4, TakesOver: _first), new(_third, 3, 5)]);

        Offset(plan, _third).ShouldNotBe(Offset(plan, _second));
    }

    private static long Offset(MemoryPlan plan, Value value) => plan.Placements.Single(p => p.Value == value).Offset;

    private static Value Map(int index) => new(index, $"map {index}", new FeatureMapLayout(4, 4, 16, 16));
}
