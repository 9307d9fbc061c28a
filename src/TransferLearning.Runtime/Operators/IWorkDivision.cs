namespace TransferLearning.Runtime.Operators;

/// <summary>Divides a loop of an operator's computation among threads.</summary>
internal interface IWorkDivision
{
    /// <summary>The number of threads.</summary>
    int Threads { get; }

    /// <summary>Runs a loop in parts, each on one thread, and returns when all have ended.</summary>
    /// <param name="parts">The number of parts.</param>
    /// <param name="body">Computes a part, by its number. It writes what no other part reads or writes.</param>
    void Run(int parts, Action<int> body);
}
