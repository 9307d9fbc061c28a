using System.Reflection;

namespace TransferLearning.Docs.Tests;

public sealed class DocumentedExampleTests
{
    public static TheoryData<string> Members => [.. DocumentedExample.All.Select(e => e.Member).Distinct()];

    public static TheoryData<string> EntryPoints =>
    [
        .. typeof(TransferPipeline).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(m => m.Name).Distinct(),
    ];

    [Theory]
    [MemberData(nameof(Members))]
    public void An_example_compiles(string member) =>
        DocumentedExample.All.Where(e => e.Member == member).SelectMany(e => e.Errors()).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(EntryPoints))]
    public void An_entry_point_of_the_pipeline_has_an_example(string method) => DocumentedExample.All.ShouldContain(
        e => e.Member.StartsWith($"M:TransferLearning.TransferPipeline.{method}(", StringComparison.Ordinal));
}
