using System.Text;
using TransferLearning.Cli.Files;

namespace TransferLearning.Cli.Tests.Files;

public sealed class NpyWriterTests
{
    [Fact]
    public void The_header_is_the_one_that_NumPy_writes()
    {
        using var stream = new MemoryStream();

        NpyWriter.Write(stream, 2, 3, [1, 2, 3, 4, 5, 6.5f]);

        byte[] file = stream.ToArray();
        file[..8].ShouldBe(new byte[] { 0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0 });
        int header = file[8] + (file[9] << 8);
        ((10 + header) % 64).ShouldBe(0);
        string text = Encoding.ASCII.GetString(file, 10, header);
        text.ShouldStartWith("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }");
        text.ShouldEndWith("\n");
        file.Length.ShouldBe(10 + header + (6 * sizeof(float)));
        BitConverter.ToSingle(file, file.Length - 4).ShouldBe(6.5f);
    }

    [Fact]
    public void Values_that_do_not_fill_the_matrix_are_refused() =>
        Should.Throw<ArgumentException>(() => NpyWriter.Write(Stream.Null, 2, 3, [1, 2]));
}
