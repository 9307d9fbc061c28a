namespace TransferLearning.Fuzz.Structures;

/// <summary>What the mutator knows of a format, so that mutants get past its first checks. Thread-safe.</summary>
internal interface IStructure
{
    /// <summary>A file with one of its parts changed, removed or repeated.</summary>
    byte[] Change(byte[] input, Random random);

    /// <summary>Makes checksums right again, in place.</summary>
    void Repair(Span<byte> input);
}
