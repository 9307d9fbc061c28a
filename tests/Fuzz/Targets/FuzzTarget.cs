using TransferLearning.Fuzz.Structures;

namespace TransferLearning.Fuzz.Targets;

/// <summary>One kind of file: what reads it, valid examples of it, and what reading it may throw. Used by one thread.</summary>
/// <param name="name">The name on the command line and of the folder in the corpus.</param>
/// <param name="structure">What the mutator knows of the format.</param>
internal abstract class FuzzTarget(string name, IStructure structure)
{
    public string Name { get; } = name;

    public IStructure Structure { get; } = structure;

    /// <summary>Valid files, made by code: the same ones in every run.</summary>
    public abstract IEnumerable<byte[]> Seeds();

    /// <summary>Reads a file as an application does, to the last pixel or prediction.</summary>
    public abstract void Run(byte[] input);

    /// <summary>The fault behind an exception that <see cref="Run"/> threw; null for a documented one.</summary>
    public abstract Exception? FaultIn(Exception exception);

    /// <summary>Finds a fault of the library behind a documented exception that names it as such.</summary>
    protected static Exception? NamedFault(Exception exception)
    {
        if (!exception.Message.Contains("a fault of", StringComparison.Ordinal))
        {
            return null;
        }

        Exception innermost = exception;
        while (innermost.InnerException is { } inner)
        {
            innermost = inner;
        }

        return innermost;
    }
}
