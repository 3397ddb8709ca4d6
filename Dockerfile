# The workbook in a container, used by a user who is not root:
#   docker build -t mlops-workbook .
#   docker run --rm -p 8888:8888 -v "$PWD/work:/home/learner/work" mlops-workbook
# docs/installing.md says what grading a class in it takes.
FROM python:3.12-slim

RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends bubblewrap \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 1000 learner \
    && install -d -o learner /home/learner/work

COPY . /course
RUN pip install --no-cache-dir --disable-pip-version-check --constraint /course/requirements.txt /course \
    && rm -rf /course

USER learner
WORKDIR /home/learner
EXPOSE 8888
CMD ["workbook", "lab", "--no-browser", "--ip=0.0.0.0"]
