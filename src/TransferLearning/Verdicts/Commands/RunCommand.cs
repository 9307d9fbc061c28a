namespace TransferLearning.Verdicts.Commands;

/// <summary>The command line of a run, from which those of the next steps are made. Immutable.</summary>
/// <param name="Verb">The verb.</param>
/// <param name="Data">The data: a path, or DATA where it is in memory.</param>
/// <param name="Model">The model of <c>evaluate</c>; null for verbs that train.</param>
/// <param name="Options">The options that matter for another run.</param>
internal sealed record RunCommand(string Verb, string Data, string? Model, params IReadOnlyList<CommandOption> Options)
{
    /// <summary>The placeholder of data whose path is not known.</summary>
    public const string UnknownData = "DATA";

    /// <summary>The placeholder of a model whose path is not known.</summary>
    public const string UnknownModel = "MODEL";

    private const string DefaultOutput = "model.onnx";

    /// <summary>The model file that the run wrote; null where none is known. Default: null.</summary>
    public string? Output { get; init; }

    /// <summary>The path, or a placeholder where nothing is there, as the data is in memory.</summary>
    public static string PathOf(string data) => Path.Exists(data) ? data : UnknownData;

    /// <summary>The same run with an option of the verb, in place of one of that name.</summary>
    public RunCommand With(string name, params IReadOnlyList<string> values) =>
        this with { Options = [.. Options.Where(o => o.Name != name), new CommandOption(name, OptionScope.Verb, values)] };

    /// <summary>The same run with another network.</summary>
    public RunCommand WithBackbone(string name) => this with
    {
        Options = [.. Options.Where(o => o.Scope != OptionScope.Network), new CommandOption("--backbone", OptionScope.Network, name)],
    };

    /// <summary>The same run without an option.</summary>
    public RunCommand Without(string name) => this with { Options = [.. Options.Where(o => o.Name != name)] };

    /// <summary>The same run on other data.</summary>
    public RunCommand On(string data) => this with { Data = data };

    /// <summary>Another verb that trains on the same data, with the same network; this run where it is of that verb.</summary>
    public RunCommand Train(string verb) => Verb == verb ? this : new(
        verb, Data, null, [.. Options.Where(o => o.Scope is OptionScope.Network or OptionScope.Data)])
    { Output = Output };

    /// <summary>Another verb that only reads the same data.</summary>
    public RunCommand Read(string verb) => new(verb, Data, null, [.. Options.Where(o => o.Scope == OptionScope.Data)]);

    /// <summary>The training of the evaluated model, continued on the data.</summary>
    public RunCommand Continue() => Read("fine-tune").With("--from", Model ?? UnknownModel) with
    {
        Output = Model == UnknownModel ? null : Model,
    };

    /// <summary>The command to type. A model is written to a file of its own, so that the one of this run stays.</summary>
    public override string ToString()
    {
        string? output = Verb switch
        {
            "fine-tune" or "pre-train" or "parallel-train" => Output is null ? DefaultOutput : Next(Output),
            "cross-validate" => Output is null ? null : Next(Output),
            _ => null,
        };
        string[] model = Model is null ? [] : [Model], file = output is null ? [] : ["-o", output];
        return ShellWords.Join(["transfer", Verb, .. model, Data, .. file, .. Options.SelectMany(o => o.Words)]);
    }

    /// <summary>"model-2.onnx" for "model.onnx", "model-3.onnx" for that.</summary>
    private static string Next(string file)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        int dash = name.LastIndexOf('-');
        string next = dash > 0 && int.TryParse(name.AsSpan(dash + 1), out int number) && number is > 1 and < 1000
            ? $"{name[..dash]}-{number + 1}"
            : $"{name}-2";
        string? folder = Path.GetDirectoryName(file);
        return $"{(string.IsNullOrEmpty(folder) ? "" : file[..^Path.GetFileName(file).Length])}{next}{Path.GetExtension(file)}";
    }
}
