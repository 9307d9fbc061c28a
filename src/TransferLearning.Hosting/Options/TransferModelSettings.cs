using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using TransferLearning.Imaging;

namespace TransferLearning.Hosting.Options;

/// <summary>
/// Sets the options of a model from a configuration section. Unlike a binder, it refuses names that it does not know, and needs no
/// reflection, which a natively compiled application lacks.
/// </summary>
/// <param name="name">The model's name.</param>
/// <param name="section">The section.</param>
internal sealed class TransferModelSettings(string name, IConfiguration section) : IConfigureNamedOptions<TransferModelOptions>
{
    private const string Known = "File, Threads, MaxQueued, WarmUp, Batching, Reload, Limits";

    public void Configure(TransferModelOptions options) => Configure(Microsoft.Extensions.Options.Options.DefaultName, options);

    public void Configure(string? optionsName, TransferModelOptions options)
    {
        if (optionsName != name)
        {
            return;
        }

        foreach (IConfigurationSection setting in section.GetChildren())
        {
            Apply(setting, options, options.UnreadableSettings);
        }
    }

    private void Apply(IConfigurationSection setting, TransferModelOptions options, List<string> problems)
    {
        switch (setting.Key.ToUpperInvariant())
        {
            case "FILE":
                options.File = setting.Value ?? "";
                break;
            case "THREADS":
                Set<int>(setting, problems, "a whole number", int.TryParse, value => options.Threads = value);
                break;
            case "MAXQUEUED":
                Set<int>(setting, problems, "a whole number", int.TryParse, value => options.MaxQueued = value);
                break;
            case "WARMUP":
                Set<bool>(setting, problems, "true or false", TryParse, value => options.WarmUp = value);
                break;
            case "BATCHING":
                options.Batching = Section(setting, options.Batching, problems);
                ModelBatching batching = options.Batching ?? new ModelBatching();
                ApplyAll(setting, problems, "MaxImages, MaxWait", (part, key) => key switch
                {
                    "MAXIMAGES" => Set<int>(part, problems, "a whole number", int.TryParse, value => batching.MaxImages = value),
                    "MAXWAIT" => SetDuration(part, problems, value => batching.MaxWait = value),
                    _ => false,
                });
                break;
            case "RELOAD":
                options.Reload = Section(setting, options.Reload, problems);
                ModelReload reload = options.Reload ?? new ModelReload();
                ApplyAll(setting, problems, "PollInterval, SettleTime", (part, key) => key switch
                {
                    "POLLINTERVAL" => SetDuration(part, problems, value => reload.PollInterval = value),
                    "SETTLETIME" => SetDuration(part, problems, value => reload.SettleTime = value),
                    _ => false,
                });
                break;
            case "LIMITS":
                ApplyAll(setting, problems, "MaxBytes, MaxPixels, MaxMemory", (part, key) => key switch
                {
                    "MAXBYTES" => SetLimit(part, problems, options, (limits, value) => limits with { MaxBytes = value }),
                    "MAXPIXELS" => SetLimit(part, problems, options, (limits, value) => limits with { MaxPixels = value }),
                    "MAXMEMORY" => SetLimit(part, problems, options, (limits, value) => limits with { MaxMemory = value }),
                    _ => false,
                });
                break;
            default:
                problems.Add(Unknown(setting, Known));
                break;
        }
    }

    private delegate bool Parse<T>(string text, NumberStyles style, IFormatProvider culture, out T value);

    private void ApplyAll(
        IConfigurationSection parent, List<string> problems, string known, Func<IConfigurationSection, string, bool> apply)
    {
        foreach (IConfigurationSection part in parent.GetChildren())
        {
            if (!apply(part, part.Key.ToUpperInvariant()))
            {
                problems.Add(Unknown(part, known));
            }
        }
    }

    /// <summary>
    /// The options of a section that may also be switched off and on as a whole; null where it is off. False overrides the settings below
    /// it, which another source of the configuration may have; they are only checked.
    /// </summary>
    private T? Section<T>(IConfigurationSection setting, T? before, List<string> problems)
        where T : class, new()
    {
        bool isOn = true;
        if (!string.IsNullOrEmpty(setting.Value))
        {
            Set<bool>(setting, problems, "true, false or settings below it", TryParse, value => isOn = value);
        }

        return isOn ? before ?? new T() : null;
    }

    private bool SetDuration(IConfigurationSection setting, List<string> problems, Action<TimeSpan> set) => Set(
        setting,
        problems,
        "a duration such as 00:00:05 or 00:00:00.002",
        static (string text, NumberStyles _, IFormatProvider culture, out TimeSpan value) => TimeSpan.TryParse(text, culture, out value),
        set);

    private bool SetLimit(
        IConfigurationSection setting, List<string> problems, TransferModelOptions options, Func<ImageLimits, long, ImageLimits> with) =>
        Set<long>(setting, problems, "a whole number", long.TryParse, value =>
        {
            try
            {
                options.Load = options.Load with { Limits = with(options.Load.Limits ?? ImageLimits.Untrusted, value) };
            }
            catch (ArgumentOutOfRangeException e)
            {
                problems.Add($"the model '{name}': {setting.Path} is {value}: {e.Message}");
            }
        });

    private bool Set<T>(IConfigurationSection setting, List<string> problems, string expected, Parse<T> parse, Action<T> set)
    {
        if (parse(setting.Value ?? "", NumberStyles.Integer, CultureInfo.InvariantCulture, out T value))
        {
            set(value);
        }
        else
        {
            problems.Add($"the model '{name}': {setting.Path} is '{setting.Value}': expected {expected}");
        }

        return true;
    }

    private static bool TryParse(string text, NumberStyles style, IFormatProvider culture, out bool value) =>
        bool.TryParse(text, out value);

    private string Unknown(IConfigurationSection setting, string known) =>
        $"the model '{name}': there is no setting {setting.Path}: expected one of {known}";
}
