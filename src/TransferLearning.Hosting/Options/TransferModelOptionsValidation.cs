using Microsoft.Extensions.Options;

namespace TransferLearning.Hosting.Options;

/// <summary>Finds all problems of the options of a model.</summary>
internal sealed class TransferModelOptionsValidation : IValidateOptions<TransferModelOptions>
{
    private const int MaxThreads = 1024;
    private const int MaxMaxQueued = 1_000_000;
    private const int MaxBatch = 256;

    public ValidateOptionsResult Validate(string? name, TransferModelOptions options)
    {
        string[] problems = [.. options.UnreadableSettings, .. Problems(options).Select(problem => $"the model '{name}': {problem}")];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(TransferModelOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.File))
        {
            yield return "File is empty: expected the path of a model file";
        }

        if (options.Threads is < 0 or > MaxThreads)
        {
            yield return $"Threads is {options.Threads}: expected 0 (one per processor) to {MaxThreads}";
        }

        if (options.MaxQueued is < 1 or > MaxMaxQueued)
        {
            yield return $"MaxQueued is {options.MaxQueued}: expected 1 to {MaxMaxQueued}";
        }

        if (options.Load is null)
        {
            yield return "Load is null: expected ModelLoadOptions";
        }

        if (options.Batching is { MaxImages: < 2 or > MaxBatch } batching)
        {
            yield return $"Batching.MaxImages is {batching.MaxImages}: expected 2 to {MaxBatch}, or no Batching to run each image alone";
        }

        foreach ((string setting, TimeSpan? value, TimeSpan min, TimeSpan max) in new[]
        {
            ("Batching.MaxWait", options.Batching?.MaxWait, TimeSpan.Zero, TimeSpan.FromSeconds(1)),
            ("Reload.PollInterval", options.Reload?.PollInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromDays(1)),
            ("Reload.SettleTime", options.Reload?.SettleTime, TimeSpan.Zero, TimeSpan.FromMinutes(1)),
        })
        {
            if (value < min || value > max)
            {
                yield return $"{setting} is {value}: expected {min} to {max}";
            }
        }
    }
}
